import { DAY_MS, MINUTE_MS } from './durations.ts';
import { ENGLAND_AND_WALES, type BankHolidays } from './bank-holidays.ts';
import { fromLondon, londonDayOf, weekdayOf, type CivilDay } from './london.ts';

/**
 * A count that finds no working time in fifty years throws, because a calendar without working days would
 * never end.
 */
const DAYS_MAX = 50 * 366;

/** The opening hours of a unit on a working day. */
export interface WorkingHours {
  /** Wall clock time in London, `HH:MM`. */
  readonly opensAt: string;
  /** Later than `opensAt`; `24:00` is the end of the day. */
  readonly closesAt: string;
  /** The publication or decision that sets the hours. */
  readonly source: string;
}

/**
 * These hours are for demonstration only. No published hours of the units were found, so the source is empty.
 */
export const DEMONSTRATION_WORKING_HOURS: WorkingHours = { opensAt: '09:00', closesAt: '17:00', source: '' };

/** The part of a day that counts, as instants from `from` up to `to`. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/** Returns the part of a day that counts; null if none does. */
export type CountedSpan = (day: CivilDay) => DaySpan | null;

/** Returns the instant at which `milliseconds` of counted time have passed since `instant`. */
export function addCountedTime(instant: number, milliseconds: number, spanOf: CountedSpan): number {
  if (milliseconds <= 0) return instant;
  let left = milliseconds;
  let idle = 0;
  for (let day = londonDayOf(instant); ; day += 1) {
    const span = spanOf(day);
    const from = span === null ? 0 : Math.max(span.from, instant);
    if (span === null || from >= span.to) {
      idle += 1;
      if (idle > DAYS_MAX) throw new RangeError('The calendar has no time that counts.');
      continue;
    }
    idle = 0;
    if (from + left <= span.to) return from + left;
    left -= span.to - from;
  }
}

/** Returns the counted milliseconds between two instants; 0 if `to` is not after `from`. */
export function countedTimeBetween(from: number, to: number, spanOf: CountedSpan): number {
  if (to <= from) return 0;
  let counted = 0;
  const last = londonDayOf(to);
  for (let day = londonDayOf(from); day <= last; day += 1) {
    const span = spanOf(day);
    if (span !== null) counted += Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
  }
  return counted;
}

/**
 * The working time of a unit: Monday to Friday except bank holidays, within its opening hours, in London.
 *
 * It throws `UnprovenYear` if a count reaches a year whose bank holidays are not proven; see `beyondProof`.
 */
export class WorkingCalendar {
  private readonly opens: number;
  private readonly closes: number;
  private lenient: WorkingCalendar | undefined;

  constructor(
    readonly hours: WorkingHours = DEMONSTRATION_WORKING_HOURS,
    readonly bankHolidays: BankHolidays = ENGLAND_AND_WALES,
  ) {
    this.opens = minutesOf(hours.opensAt) * MINUTE_MS;
    this.closes = minutesOf(hours.closesAt) * MINUTE_MS;
    if (!(this.opens < this.closes))
      throw new RangeError(`Opening hours ${hours.opensAt} to ${hours.closesAt} leave no time to work.`);
  }

  /**
   * Returns the same calendar without bank holidays in unproven years, so that due moments are the earlier
   * ones.
   */
  beyondProof(): WorkingCalendar {
    const { bankHolidays } = this;
    return (this.lenient ??= new WorkingCalendar(this.hours, {
      covers: () => true,
      has: (day) => bankHolidays.covers(day) && bankHolidays.has(day),
    }));
  }

  /** The working time of one working day in milliseconds. */
  get workingDay(): number {
    return this.closes - this.opens;
  }

  isWorkingDay(day: CivilDay): boolean {
    const weekday = weekdayOf(day);
    return weekday !== 0 && weekday !== 6 && !this.bankHolidays.has(day);
  }

  /** Returns the `count`-th working day after `day`; `day` itself for a count of 0 or less. */
  addWorkingDays(day: CivilDay, count: number): CivilDay {
    let reached = day;
    let idle = 0;
    for (let left = count; left > 0;) {
      reached += 1;
      idle += 1;
      if (idle > DAYS_MAX) throw new RangeError('The calendar has no working day.');
      if (!this.isWorkingDay(reached)) continue;
      left -= 1;
      idle = 0;
    }
    return reached;
  }

  /** Counts the working days after `day`, up to and including `last`. */
  workingDaysBetween(day: CivilDay, last: CivilDay): number {
    let count = 0;
    for (let next = day + 1; next <= last; next += 1) if (this.isWorkingDay(next)) count += 1;
    return count;
  }

  /** Returns the opening hours of a working day as instants; null for any other day. */
  readonly openingOf: CountedSpan = (day) =>
    this.isWorkingDay(day)
      ? { from: fromLondon(day * DAY_MS + this.opens), to: fromLondon(day * DAY_MS + this.closes) }
      : null;

  /**
   * Returns the instant after the given working time. If it ends with a day, that is closing time, not the
   * next opening.
   */
  addWorkingTime(instant: number, milliseconds: number): number {
    return addCountedTime(instant, milliseconds, this.openingOf);
  }

  workingTimeBetween(from: number, to: number): number {
    return countedTimeBetween(from, to, this.openingOf);
  }
}

function minutesOf(wallClock: string): number {
  const match = /^(\d{2}):([0-5]\d)$/.exec(wallClock);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : NaN;
  if (!(minutes <= 24 * 60)) throw new RangeError(`"${wallClock}" is not a time of day as HH:MM.`);
  return minutes;
}
