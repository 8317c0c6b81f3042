import { describe, expect, it } from '@jest/globals';
import {
  addCountedTime,
  countedTimeBetween,
  formatCivilDay,
  parseCivilDay,
  UnprovenYear,
  WorkingCalendar,
} from './index.ts';

const HOUR_MS = 3_600_000;
const calendar = new WorkingCalendar();
const day = (text: string): number => parseCivilDay(text) as number;
const after = (from: string, hours: number, by = calendar): string =>
  new Date(by.addWorkingTime(Date.parse(from), hours * HOUR_MS)).toISOString().replace('.000', '');
const between = (from: string, to: string): number =>
  calendar.workingTimeBetween(Date.parse(from), Date.parse(to)) / HOUR_MS;

describe('working days', () => {
  it('are Monday to Friday except bank holidays', () => {
    const friday = ['2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06', '2026-04-07'].map((text) =>
      calendar.isWorkingDay(day(text)),
    );
    // Good Friday, Saturday, Sunday, Easter Monday, Tuesday.
    expect(friday).toEqual([false, false, false, false, true]);
  });

  it('are counted from the day after the start, over Christmas with its substitute days', () => {
    // 2027: 25 and 26 December are a weekend, 27 and 28 their substitutes (gov.uk); 29, 30, 31 December, 4
    // January follow.
    expect(formatCivilDay(calendar.addWorkingDays(day('2027-12-24'), 4))).toBe('2028-01-04');
    expect(calendar.workingDaysBetween(day('2027-12-24'), day('2028-01-04'))).toBe(4);
    expect(calendar.workingDaysBetween(day('2027-12-24'), day('2027-12-24'))).toBe(0);
  });

  it('cannot be counted in a year whose bank holidays are not proven, unless the caller allows it', () => {
    expect(() => calendar.addWorkingDays(day('2028-12-28'), 3)).toThrow(UnprovenYear);
    // Without bank holidays 1 January 2029, a Monday, counts: the earlier answer.
    expect(formatCivilDay(calendar.beyondProof().addWorkingDays(day('2028-12-28'), 2))).toBe('2029-01-01');
    expect(calendar.beyondProof().isWorkingDay(day('2028-12-25'))).toBe(false);
  });
});

describe('working time', () => {
  it('runs within the opening hours of the wall clock, also over a clock change', () => {
    // Friday 27 March 2026 15:00 GMT, two hours to closing; Monday 09:00 is summer time.
    expect(after('2026-03-27T15:00:00Z', 3)).toBe('2026-03-30T09:00:00Z');
    // Friday 23 October 2026 16:00 summer time, one hour to closing; Monday 09:00 is Greenwich mean time.
    expect(after('2026-10-23T15:00:00Z', 2)).toBe('2026-10-26T10:00:00Z');
  });

  it('ends at closing time when it uses the whole day', () => {
    expect(after('2026-01-09T15:00:00Z', 2)).toBe('2026-01-09T17:00:00Z');
  });

  it('begins at the next opening when it starts at night, at a weekend or on a bank holiday', () => {
    for (const start of [
      '2026-04-02T20:00:00Z',
      '2026-04-03T11:00:00Z',
      '2026-04-05T00:00:00Z',
      '2026-04-07T05:00:00Z',
    ]) {
      expect(after(start, 1)).toBe('2026-04-07T09:00:00Z');
    }
  });

  it('is counted between moments inside and outside the opening hours', () => {
    expect(between('2026-01-09T16:00:00Z', '2026-01-12T10:00:00Z')).toBe(2);
    expect(between('2026-01-09T18:00:00Z', '2026-01-12T08:00:00Z')).toBe(0);
    expect(between('2026-01-12T10:00:00Z', '2026-01-09T16:00:00Z')).toBe(0);
    expect(between('2026-01-05T00:00:00Z', '2026-01-10T00:00:00Z')).toBe(40);
  });

  it('follows the configured hours, which may be the whole day', () => {
    const nights = new WorkingCalendar({ opensAt: '00:00', closesAt: '24:00', source: 'example' });
    expect(after('2026-01-09T12:00:00Z', 13, nights)).toBe('2026-01-12T01:00:00Z');
  });

  it.each(['9:00', '17:00', '25:00', '18:30'])('refuses to open at %s when it closes at 17:00', (opensAt) => {
    expect(() => new WorkingCalendar({ opensAt, closesAt: '17:00', source: '' })).toThrow(RangeError);
  });

  it('between two moments leads from the first to the second when it is added', () => {
    for (let step = 0; step < 300; step += 1) {
      const from = Date.parse('2026-03-02T09:00:00Z') + step * 7 * HOUR_MS;
      const to = calendar.addWorkingTime(from, (step % 50) * HOUR_MS + 1);
      expect(calendar.workingTimeBetween(from, to)).toBe((step % 50) * HOUR_MS + 1);
    }
  });

  it('is refused when no day is a working day, and the search ends', () => {
    expect(() => addCountedTime(0, 1, () => null)).toThrow(RangeError);
    expect(countedTimeBetween(0, 1e12, () => null)).toBe(0);
    const shut = new WorkingCalendar(undefined, { covers: () => true, has: () => true });
    expect(() => shut.addWorkingDays(0, 1)).toThrow(RangeError);
  });
});
