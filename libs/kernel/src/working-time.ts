import { DAY_MS, MINUTE_MS } from './durations.ts';
import { ENGLAND_AND_WALES, type BankHolidays } from './bank-holidays.ts';
import { fromLondon, londonDayOf, weekdayOf, type CivilDay } from './london.ts';

/** A count that finds nothing to count for fifty years has a calendar without working days: better an error than a hang. */
const DAYS_MAX = 50 * 366;

/** When a unit works on a working day. */
export interface WorkingHours {
  /** Wall clock in London, `HH:MM`. */
  readonly opensAt: string;
  /** Later than `opensAt`; `24:00` is the end of the day. */
  readonly closesAt: string;
  /** Where the hours are published or decided. */
  readonly source: string;
}

/** For demonstration only: no opening hours of the units were found published, so the source is empty. */
export const DEMONSTRATION_WORKING_HOURS: WorkingHours = { opensAt: '09:00', closesAt: '17:00', source: '' };

/** The part of a day that counts, as instants: from `from` up to `to`. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/** Which part of a day counts; null when none of it does. */
export type CountedSpan = (day: CivilDay) => DaySpan | null;

/** The instant at which `milliseconds` that count have passed since `instant`; `instant` itself when that is none or less. */
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

/** Milliseconds that count between two instants; none when `to` is not after `from`. */
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
 * Working time of a unit: Monday to Friday except bank holidays, within its opening hours, in London.
 *
 * Throws `UnprovenYear` when a count reaches a year whose bank holidays are not proven; see `beyondProof`.
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

  /** The same calendar, which takes the years beyond proof as having no bank holidays: due moments are then the earlier ones. */
  beyondProof(): WorkingCalendar {
    const { bankHolidays } = this;
    return (this.lenient ??= new WorkingCalendar(this.hours, {
      covers: () => true,
      has: (day) => bankHolidays.covers(day) && bankHolidays.has(day),
    }));
  }

  /** Working time of one working day, in milliseconds. */
  get workingDay(): number {
    return this.closes - this.opens;
  }

  isWorkingDay(day: CivilDay): boolean {
    const weekday = weekdayOf(day);
    return weekday !== 0 && weekday !== 6 && !this.bankHolidays.has(day);
  }

  /** The `count`-th working day after `day`; `day` itself when that is none or less. */
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

  /** Working days after `day`, up to and with `last`. */
  workingDaysBetween(day: CivilDay, last: CivilDay): number {
    let count = 0;
    for (let next = day + 1; next <= last; next += 1) if (this.isWorkingDay(next)) count += 1;
    return count;
  }

  /** Opening hours of a working day as instants; null for any other day. */
  readonly openingOf: CountedSpan = (day) =>
    this.isWorkingDay(day)
      ? { from: fromLondon(day * DAY_MS + this.opens), to: fromLondon(day * DAY_MS + this.closes) }
      : null;

  /** The instant at which so much working time has passed; closing time, not the next opening, when it ends with the day. */
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
