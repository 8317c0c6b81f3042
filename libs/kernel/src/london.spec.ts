import { describe, expect, it } from '@jest/globals';
import {
  addCalendarMonths,
  formatCivilDay,
  fromLondon,
  londonDayOf,
  londonOffset,
  parseCivilDay,
  startOfLondonDay,
  toLondon,
  weekdayOf,
} from './index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Reads the time zone database, which the code under test never uses. */
const intl = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});
const shown = (instant: number): string => intl.format(instant);
const computed = (instant: number): string => {
  const [date = '', time = ''] = new Date(toLondon(instant)).toISOString().split('T');
  return `${date.split('-').reverse().join('/')}, ${time.slice(0, 5)}`;
};

describe('London time', () => {
  it('agrees with the time zone database at midnight and noon of every day from 1996 to 2040', () => {
    const differing: string[] = [];
    for (let instant = Date.UTC(1996, 0, 1); instant < Date.UTC(2041, 0, 1); instant += DAY_MS / 2) {
      if (computed(instant) !== shown(instant)) differing.push(new Date(instant).toISOString());
    }
    expect(differing).toEqual([]);
  });

  it('changes in each of those years at the same minute as the time zone database', () => {
    let changes = 0;
    for (let day = Date.UTC(1996, 0, 1); day < Date.UTC(2041, 0, 1); day += DAY_MS) {
      if (londonOffset(day) === londonOffset(day + DAY_MS)) continue;
      changes += 1;
      for (
        let minute = day + HOUR_MS - 2 * MINUTE_MS;
        minute <= day + HOUR_MS + 2 * MINUTE_MS;
        minute += MINUTE_MS
      ) {
        expect(computed(minute)).toBe(shown(minute));
      }
      expect(londonOffset(day + HOUR_MS - 1)).not.toBe(londonOffset(day + HOUR_MS));
    }
    expect(changes).toBe(2 * 45);
  });

  it('converts to the wall clock and back to the same instant, except in the repeated hour', () => {
    for (const change of [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)]) {
      for (let instant = change - 3 * HOUR_MS; instant < change + 3 * HOUR_MS; instant += MINUTE_MS) {
        const secondComing = instant >= Date.UTC(2026, 9, 25, 1) && instant < Date.UTC(2026, 9, 25, 2);
        expect(fromLondon(toLondon(instant))).toBe(secondComing ? instant - HOUR_MS : instant);
      }
    }
  });

  it('reads a repeated wall time in October as the first of the two', () => {
    // 25 October 2026, 01:30 on the wall: at 00:30Z in summer time, and again at 01:30Z.
    expect(fromLondon(Date.UTC(2026, 9, 25, 1, 30))).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });

  it('reads a wall time that is skipped in March as one hour later', () => {
    // 29 March 2026, 01:30 on the wall never comes; 02:30 in summer time is 01:30Z.
    expect(fromLondon(Date.UTC(2026, 2, 29, 1, 30))).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(computed(fromLondon(Date.UTC(2026, 2, 29, 1, 30)))).toBe('29/03/2026, 02:30');
  });
});

describe('days in London', () => {
  const day = (text: string): number => parseCivilDay(text) as number;

  it('begin at midnight on the wall clock, an hour before midnight UTC in summer', () => {
    expect(new Date(startOfLondonDay(day('2026-01-15'))).toISOString()).toBe('2026-01-15T00:00:00.000Z');
    expect(new Date(startOfLondonDay(day('2026-07-15'))).toISOString()).toBe('2026-07-14T23:00:00.000Z');
  });

  it('last 23 hours when summer time begins, 25 when it ends, and otherwise 24', () => {
    const hours = (text: string): number =>
      (startOfLondonDay(day(text) + 1) - startOfLondonDay(day(text))) / HOUR_MS;
    expect([hours('2026-03-28'), hours('2026-03-29'), hours('2026-10-25'), hours('2026-10-26')]).toEqual([
      24, 23, 25, 24,
    ]);
  });

  it('are the days of the wall clock, not the days of UTC', () => {
    expect(formatCivilDay(londonDayOf(Date.parse('2026-06-30T23:30:00Z')))).toBe('2026-07-01');
    expect(formatCivilDay(londonDayOf(Date.parse('2026-12-31T23:30:00Z')))).toBe('2026-12-31');
  });

  it('have the right weekday, also before 1970', () => {
    expect(
      ['2026-04-03', '2026-04-05', '1970-01-01', '1969-12-28'].map((text) => weekdayOf(day(text))),
    ).toEqual([5, 0, 4, 0]);
  });

  it('are read from text only when they exist', () => {
    for (const text of ['2026-02-29', '2026-02-30', '2026-13-01', '2026-1-1', '2026-01-01T00:00:00Z', '']) {
      expect(parseCivilDay(text)).toBeNull();
    }
    expect(formatCivilDay(day('2028-02-29'))).toBe('2028-02-29');
  });

  it('have a corresponding date in a later month, or the last day of a shorter month', () => {
    // The first line is the case decided in Dodds v Walker [1981] 1 WLR 1027.
    const cases: [string, number, string][] = [
      ['1978-09-30', 4, '1979-01-30'],
      ['2025-10-31', 4, '2026-02-28'],
      ['2027-10-31', 4, '2028-02-29'],
      ['2025-11-30', 4, '2026-03-30'],
      ['2026-08-15', 6, '2027-02-15'],
      ['2028-02-29', 12, '2029-02-28'],
    ];
    for (const [from, months, to] of cases)
      expect(formatCivilDay(addCalendarMonths(day(from), months))).toBe(to);
  });
});
