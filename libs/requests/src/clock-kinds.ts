import {
  addCalendarMonths,
  addCountedTime,
  countedTimeBetween,
  DAY_MS,
  formatCivilDay,
  HOUR_MS,
  londonDayOf,
  startOfLondonDay,
  toLondon,
  weekdayOf,
  type CountedSpan,
  type WorkingCalendar,
} from '#kernel';
import type { ClockKind } from './clock-definition.ts';
import type { ClockReadout } from './clock-state.ts';

/**
 * How one kind of clock counts. Instants are milliseconds since 1970; a measure is in the unit of the kind.
 */
interface CountingMethod {
  readonly unit: ClockReadout['leftUnit'];
  /** The whole time limit, as a measure. */
  total(amount: number, startedAt: number, calendar: WorkingCalendar): number;
  /** The measure between two instants; zero if `to` is not after `from`. */
  between(from: number, to: number, calendar: WorkingCalendar): number;
  /** The due moment if `left` remains at `since`; `left` is never below zero. */
  due(since: number, left: number, calendar: WorkingCalendar): number;
  /** The milliseconds for which a pause between two instants counts; zero if `to` is not after `from`. */
  paused(from: number, to: number, calendar: WorkingCalendar): number;
  /** The measure that pauses of `milliseconds` in total add to the time limit. */
  added(milliseconds: number, calendar: WorkingCalendar): number;
}

/** A day ends at the instant at which the next one begins in London. */
const endOf = (day: number): number => startOfLondonDay(day + 1);

const daysBetween = (from: number, to: number): number => Math.max(0, londonDayOf(to) - londonDayOf(from));

/** Clocks in hours are longer by exactly the paused time. */
const inHours = {
  total: (amount: number) => amount * HOUR_MS,
  added: (milliseconds: number) => milliseconds,
};

/**
 * Only the whole days in the sum of all pauses are added: a night, or two minutes over midnight, is not a
 * day. A day is one of the wall clock in London, so that a week's pause adds a week even if the clocks change
 * in it.
 */
const inDays = {
  unit: 'days',
  between: daysBetween,
  due: (since, left) => endOf(londonDayOf(since) + left),
  paused: (from, to) => Math.max(0, toLondon(to) - toLondon(from)),
  added: (milliseconds) => Math.floor(milliseconds / DAY_MS),
} as const satisfies Omit<CountingMethod, 'total'>;

/** How each kind counts. */
export const COUNTING: Readonly<Record<ClockKind, CountingMethod>> = {
  'elapsed-hours': {
    ...inHours,
    unit: 'milliseconds',
    between: (from, to) => Math.max(0, to - from),
    due: (since, left) => since + left,
    paused: (from, to) => Math.max(0, to - from),
  },
  'elapsed-hours-excluding-sundays-and-bank-holidays': {
    ...inHours,
    unit: 'milliseconds',
    between: (from, to, calendar) => countedTimeBetween(from, to, daysThatCount(calendar)),
    due: (since, left, calendar) => addCountedTime(since, left, daysThatCount(calendar)),
    paused: (from, to, calendar) => countedTimeBetween(from, to, daysThatCount(calendar)),
  },
  'working-hours': {
    ...inHours,
    unit: 'working-milliseconds',
    between: (from, to, calendar) => calendar.workingTimeBetween(from, to),
    due: (since, left, calendar) => calendar.addWorkingTime(since, left),
    paused: (from, to, calendar) => calendar.workingTimeBetween(from, to),
  },
  'working-days': {
    unit: 'working-days',
    total: (amount) => amount,
    between: (from, to, calendar) => calendar.workingDaysBetween(londonDayOf(from), londonDayOf(to)),
    due: (since, left, calendar) => endOf(calendar.addWorkingDays(londonDayOf(since), left)),
    paused: (from, to, calendar) => calendar.workingTimeBetween(from, to),
    added: (milliseconds, calendar) => Math.floor(milliseconds / calendar.workingDay),
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

/**
 * Domestic Abuse Act 2021, section 29(3) disregards any Sunday, Christmas Day, Good Friday and bank holidays.
 */
function daysThatCount({ bankHolidays }: WorkingCalendar): CountedSpan {
  return (day) => {
    // The bank holidays that gov.uk publishes include Good Friday, but not Christmas Day at a weekend.
    const disregarded =
      weekdayOf(day) === 0 || bankHolidays.has(day) || formatCivilDay(day).endsWith('-12-25');
    return disregarded ? null : { from: startOfLondonDay(day), to: endOf(day) };
  };
}
