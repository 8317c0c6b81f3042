import { DAY_MS, HOUR_MS } from './durations.ts';

/**
 * A calendar day as the number of days since 1 January 1970, so that days add, subtract and compare as
 * numbers.
 */
export type CivilDay = number;

/**
 * Caches the summer time of the last year used, because a queue needs the same year thousands of times a
 * second.
 */
let summer = { yearStart: 0, yearEnd: 0, begins: 0, ends: 0 };

/**
 * Returns the milliseconds that London is ahead of UTC at an instant (milliseconds since 1970): one hour in
 * summer time.
 *
 * Summer time runs from one o'clock Greenwich mean time on the last Sunday in March to the same on the last
 * Sunday in October (Summer Time Act 1972, section 1(2), as amended by the Summer Time Order 2002, SI
 * 2002/262). This is exact from 1996, when those dates were first used; earlier years get today's rule. Intl
 * gives the same result far more slowly.
 */
export function londonOffset(instant: number): number {
  if (instant < summer.yearStart || instant >= summer.yearEnd)
    summer = summerOf(new Date(instant).getUTCFullYear());
  return instant >= summer.begins && instant < summer.ends ? HOUR_MS : 0;
}

/** Returns the wall clock in London at an instant, as the milliseconds that show the same time in UTC. */
export function toLondon(instant: number): number {
  return instant + londonOffset(instant);
}

/**
 * Returns the instant at which the wall clock in London shows `wall` (milliseconds as `toLondon` returns
 * them). The hour that occurs twice in October means its first occurrence. A time in the hour that March
 * skips is an hour later on the wall. Both follow "compatible" of the Temporal proposal.
 */
export function fromLondon(wall: number): number {
  const asSummer = wall - HOUR_MS;
  return londonOffset(asSummer) === HOUR_MS ? asSummer : wall;
}

/** Returns the day in London at an instant. */
export function londonDayOf(instant: number): CivilDay {
  return Math.floor(toLondon(instant) / DAY_MS);
}

/**
 * Returns the instant at which a day begins in London. It is never ambiguous, because clocks change after
 * midnight.
 */
export function startOfLondonDay(day: CivilDay): number {
  return fromLondon(day * DAY_MS);
}

/** Returns 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: CivilDay): number {
  // 1 January 1970 was a Thursday; the second remainder serves days before it.
  return (((day + 4) % 7) + 7) % 7;
}

/** Reads a day from `YYYY-MM-DD`; null if the text has another form or no such day exists. */
export function parseCivilDay(text: string): CivilDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const instant = Date.parse(`${text}T00:00:00Z`);
  const day = instant / DAY_MS;
  // Some engines refuse 30 February and others roll it over, so the result must format to the same text.
  return Number.isNaN(instant) || formatCivilDay(day) !== text ? null : day;
}

/** Formats a day as `YYYY-MM-DD`. */
export function formatCivilDay(day: CivilDay): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Returns the corresponding date a number of months later: the same day of the later month, or that month's
 * last day if it has no such day (Dodds v Walker [1981] 1 WLR 1027: four months from 30 September end on 30
 * January).
 */
export function addCalendarMonths(day: CivilDay, months: number): CivilDay {
  const from = new Date(day * DAY_MS);
  const lastOfMonth = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0));
  const corresponding = Math.min(from.getUTCDate(), lastOfMonth.getUTCDate());
  return Date.UTC(lastOfMonth.getUTCFullYear(), lastOfMonth.getUTCMonth(), corresponding) / DAY_MS;
}

function summerOf(year: number): typeof summer {
  return {
    yearStart: Date.UTC(year, 0, 1),
    yearEnd: Date.UTC(year + 1, 0, 1),
    begins: lastSunday(year, 2) * DAY_MS + HOUR_MS,
    ends: lastSunday(year, 9) * DAY_MS + HOUR_MS,
  };
}

/** Returns the last Sunday of a month with 31 days; months count from 0. */
function lastSunday(year: number, month: number): CivilDay {
  const last = Date.UTC(year, month, 31) / DAY_MS;
  return last - weekdayOf(last);
}
