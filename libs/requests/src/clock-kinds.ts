import {
  addCalendarMonths,
  addCountedTime,
  countedTimeBetween,
  formatCivilDay,
  londonDayOf,
  startOfLondonDay,
  weekdayOf,
  type CountedSpan,
  type WorkingCalendar,
} from '#kernel';
import type { ClockKind } from './clock-definition.ts';
import type { ClockReadout } from './clock-state.ts';

const HOUR_MS = 3_600_000;

/** How one kind of clock counts. Instants are milliseconds since 1970; a measure is what the kind counts in. */
interface Counting {
  readonly unit: ClockReadout['leftUnit'];
  /** The whole promise, as a measure. */
  total(amount: number, startedAt: number, calendar: WorkingCalendar): number;
  /** What passes between two instants; none when `to` is not after `from`. */
  between(from: number, to: number, calendar: WorkingCalendar): number;
  /** The due moment when `left` remains at `since`; `left` is never below zero. */
  due(since: number, left: number, calendar: WorkingCalendar): number;
}

/** Due when the last day ends: at the instant the next one begins in London. */
const endOf = (day: number): number => startOfLondonDay(day + 1);

const daysBetween = (from: number, to: number): number => Math.max(0, londonDayOf(to) - londonDayOf(from));

/** The day a clock is stopped on is used, the day it goes on is not: just as the day it starts on is not. */
const inDays = {
  unit: 'days',
  between: daysBetween,
  due: (since, left) => endOf(londonDayOf(since) + left),
} as const satisfies Omit<Counting, 'total'>;

/** Every kind's way of counting. */
export const COUNTING: Readonly<Record<ClockKind, Counting>> = {
  'elapsed-hours': {
    unit: 'milliseconds',
    total: (amount) => amount * HOUR_MS,
    between: (from, to) => Math.max(0, to - from),
    due: (since, left) => since + left,
  },
  'elapsed-hours-excluding-sundays-and-bank-holidays': {
    unit: 'milliseconds',
    total: (amount) => amount * HOUR_MS,
    between: (from, to, calendar) => countedTimeBetween(from, to, daysThatCount(calendar)),
    due: (since, left, calendar) => addCountedTime(since, left, daysThatCount(calendar)),
  },
  'working-hours': {
    unit: 'working-milliseconds',
    total: (amount) => amount * HOUR_MS,
    between: (from, to, calendar) => calendar.workingTimeBetween(from, to),
    due: (since, left, calendar) => calendar.addWorkingTime(since, left),
  },
  'working-days': {
    unit: 'working-days',
    total: (amount) => amount,
    between: (from, to, calendar) => calendar.workingDaysBetween(londonDayOf(from), londonDayOf(to)),
    due: (since, left, calendar) => endOf(calendar.addWorkingDays(londonDayOf(since), left)),
  },
  'calendar-days': { ...inDays, total: (amount) => amount },
  'calendar-months': {
    ...inDays,
    total(amount, startedAt) {
      const day = londonDayOf(startedAt);
      return addCalendarMonths(day, amount) - day;
    },
  },
};

/** Domestic Abuse Act 2021, section 29(3): any Sunday, Christmas Day, Good Friday and bank holidays are disregarded. */
function daysThatCount({ bankHolidays }: WorkingCalendar): CountedSpan {
  return (day) => {
    // Good Friday is in the list of bank holidays that gov.uk publishes; Christmas Day at a weekend is not.
    const disregarded = weekdayOf(day) === 0 || bankHolidays.has(day) || formatCivilDay(day).endsWith('-12-25');
    return disregarded ? null : { from: startOfLondonDay(day), to: endOf(day) };
  };
}
