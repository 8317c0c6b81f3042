import { DAY_MS, HOUR_MS } from './durations.ts';

/** A day of the calendar as a count of days since 1 January 1970: days add, subtract and compare as numbers. */
export type CivilDay = number;

/** The summer time of the year asked for last: a queue asks about the same year thousands of times a second. */
let summer = { yearStart: 0, yearEnd: 0, begins: 0, ends: 0 };

/**
 * Milliseconds that London is ahead of UTC at an instant (milliseconds since 1970): one hour in summer time, else none.
 *
 * Summer time runs from one o'clock Greenwich mean time on the last Sunday in March to the same on the last Sunday in
 * October (Summer Time Act 1972, section 1(2), as amended by the Summer Time Order 2002, SI 2002/262). Exact from 1996,
 * when those dates were first used; earlier years are given today's rule. Intl would answer the same, far slower.
 */
export function londonOffset(instant: number): number {
  if (instant < summer.yearStart || instant >= summer.yearEnd)
    summer = summerOf(new Date(instant).getUTCFullYear());
  return instant >= summer.begins && instant < summer.ends ? HOUR_MS : 0;
}

/** The wall clock in London at an instant, as the milliseconds that would show the same in UTC. */
export function toLondon(instant: number): number {
  return instant + londonOffset(instant);
}

/**
 * The instant at which the wall clock in London shows `wall` (milliseconds as `toLondon` gives them). The hour that comes
 * twice in October means its first coming; the hour that March leaves out means the same time counted on from before the
 * change, an hour later on the wall. Both as the Temporal proposal's "compatible" does.
 */
export function fromLondon(wall: number): number {
  const asSummer = wall - HOUR_MS;
  return londonOffset(asSummer) === HOUR_MS ? asSummer : wall;
}

/** The day it is in London at an instant. */
export function londonDayOf(instant: number): CivilDay {
  return Math.floor(toLondon(instant) / DAY_MS);
}

/** The instant at which a day begins in London; the end of the day before. Never ambiguous: both changes come at night, after midnight. */
export function startOfLondonDay(day: CivilDay): number {
  return fromLondon(day * DAY_MS);
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: CivilDay): number {
  // 1 January 1970 was a Thursday; the second remainder is for days before it.
  return (((day + 4) % 7) + 7) % 7;
}

/** The day of a `YYYY-MM-DD` text; null when it is not one, or no such day exists. */
export function parseCivilDay(text: string): CivilDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const instant = Date.parse(`${text}T00:00:00Z`);
  const day = instant / DAY_MS;
  // Date.parse refuses 30 February in some engines and rolls it over in others: what comes back must be what went in.
  return Number.isNaN(instant) || formatCivilDay(day) !== text ? null : day;
}

/** `YYYY-MM-DD`. */
export function formatCivilDay(day: CivilDay): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The corresponding date so many months on: the same number in the later month, or that month's last day where it has
 * no such number (Dodds v Walker [1981] 1 WLR 1027: four months from 30 September end on 30 January).
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

/** For a month of 31 days, counted from 0. */
function lastSunday(year: number, month: number): CivilDay {
  const last = Date.UTC(year, month, 31) / DAY_MS;
  return last - weekdayOf(last);
}
