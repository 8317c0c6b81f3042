import { describe, expect, it } from '@jest/globals';
import Holidays from 'date-holidays';
import { readFileSync } from 'node:fs';
import {
  ENGLAND_AND_WALES,
  formatCivilDay,
  parseCivilDay,
  PROVEN_YEARS,
  UnprovenYear,
  weekdayOf,
} from './index.ts';

const feed = JSON.parse(readFileSync(new URL('bank-holidays.gov-uk.json', import.meta.url), 'utf8')) as {
  events: [string, string, string][];
};
const library = new Holidays('GB', 'ENG');
const years = Array.from(
  { length: PROVEN_YEARS.last - PROVEN_YEARS.first + 1 },
  (_, index) => PROVEN_YEARS.first + index,
);
const day = (text: string): number => parseCivilDay(text) as number;

function inTable(year: number): string[] {
  const found: string[] = [];
  for (let at = day(`${year}-01-01`); at <= day(`${year}-12-31`); at += 1)
    if (ENGLAND_AND_WALES.has(at)) found.push(formatCivilDay(at));
  return found;
}

describe('bank holidays in England and Wales', () => {
  it.each(years)('of %i are the ones that gov.uk publishes', (year) => {
    expect(inTable(year)).toEqual(
      feed.events.map(([date]) => date).filter((date) => date.startsWith(`${year}-`)),
    );
  });

  it.each(years)(
    'of %i are those that the library computes, which names a holiday at a weekend beside its substitute',
    (year) => {
      const dates = library
        .getHolidays(year, 'en')
        .filter(({ type }) => type === 'public' || type === 'bank');
      const onWeekdays = dates
        .map(({ date }) => date.slice(0, 10))
        .filter((date) => ![0, 6].includes(weekdayOf(day(date))));
      expect(inTable(year)).toEqual(onWeekdays);
    },
  );

  it('include substitute days and one-off holidays', () => {
    for (const date of ['2021-12-27', '2021-12-28', '2022-06-03', '2022-09-19', '2023-05-08', '2020-05-08']) {
      expect(ENGLAND_AND_WALES.has(day(date))).toBe(true);
    }
    // Moved to 8 May in 2020 and to 2 June in 2022; substituted on 28 December in 2026.
    for (const date of ['2020-05-04', '2022-05-30', '2026-12-26'])
      expect(ENGLAND_AND_WALES.has(day(date))).toBe(false);
  });

  it('are refused beyond the proven years, with what to do', () => {
    for (const date of ['2012-12-31', '2029-01-01']) {
      expect(ENGLAND_AND_WALES.covers(day(date))).toBe(false);
      expect(() => ENGLAND_AND_WALES.has(day(date))).toThrow(UnprovenYear);
    }
    expect(() => ENGLAND_AND_WALES.has(day('2031-05-05'))).toThrow(
      /2013 to 2028, not for 2031.*gov\.uk.*PROVEN_YEARS/,
    );
    expect(ENGLAND_AND_WALES.covers(day('2013-01-01')) && ENGLAND_AND_WALES.covers(day('2028-12-31'))).toBe(
      true,
    );
  });
});
