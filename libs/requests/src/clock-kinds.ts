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

/** How one kind of clock counts. Instants are milliseconds since 1970; a measure is what the kind counts in. */
interface Counting {
  readonly unit: ClockReadout['leftUnit'];
  /** The whole promise, as a measure. */
  total(amount: number, startedAt: number, calendar: WorkingCalendar): number;
  /** What passes between two instants; none when `to` is not after `from`. */
  between(from: number, to: number, calendar: WorkingCalendar): number;
  /** The due moment when `left` remains at `since`; `left` is never below zero. */
  due(since: number, left: number, calendar: WorkingCalendar): number;
  /** Milliseconds by which a pause between two instants counts; none when `to` is not after `from`. */
  paused(from: number, to: number, calendar: WorkingCalendar): number;
  /** What pauses that count `milliseconds` together add to the promise, as a measure. */
  added(milliseconds: number, calendar: WorkingCalendar): number;
}

/** Due when the last day ends: at the instant the next one begins in London. */
const endOf = (day: number): number => startOfLondonDay(day + 1);

const daysBetween = (from: number, to: number): number => Math.max(0, londonDayOf(to) - londonDayOf(from));

/** Hours are added as they were paused. */
const inHours = {
  total: (amount: number) => amount * HOUR_MS,
  added: (milliseconds: number) => milliseconds,
};

/**
 * Only whole days are added, of the sum of all pauses: a night, or two minutes over midnight, is not a day. A day is one of
 * the wall clock in London, so that a week's pause adds a week when the clocks change in it.
 */
const inDays = {
  unit: 'days',
  between: daysBetween,
  due: (since, left) => endOf(londonDayOf(since) + left),
  paused: (from, to) => Math.max(0, toLondon(to) - toLondon(from)),
  added: (milliseconds) => Math.floor(milliseconds / DAY_MS),
} as const satisfies Omit<Counting, 'total'>;

/** Every kind's way of counting. */
export const COUNTING: Readonly<Record<ClockKind, Counting>> = {
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

/** Domestic Abuse Act 2021, section 29(3): any Sunday, Christmas Day, Good Friday and bank holidays are disregarded. */
function daysThatCount({ bankHolidays }: WorkingCalendar): CountedSpan {
  return (day) => {
    // Good Friday is in the list of bank holidays that gov.uk publishes; Christmas Day at a weekend is not.
    const disregarded =
      weekdayOf(day) === 0 || bankHolidays.has(day) || formatCivilDay(day).endsWith('-12-25');
    return disregarded ? null : { from: startOfLondonDay(day), to: endOf(day) };
  };
}
