export { ALLIANCE, forcesFrom, sandboxesFrom, UNATTRIBUTED, type Force } from './force.ts';
export { isUuid, newId, UUID_PATTERN } from './ids.ts';
export {
  CLOCK_NAME_PATTERN,
  FORCE_SLUG_MAX,
  isKebabCase,
  isSlug,
  SLUG_MAX,
  SLUG_PATTERN,
  UNIT_SLUG_MAX,
} from './names.ts';
export { DAY_MS, HOUR_MS, MINUTE_MS } from './durations.ts';
export { canonicalJson, contentHash, type Json } from './canonical-json.ts';
export { nearestName, type KnownName } from './nearest-name.ts';
export { comparable, isVisible } from './written-text.ts';
export { DatedSettings, todayInLondon, type DatedSetting } from './dated-settings.ts';
export {
  addCalendarMonths,
  formatCivilDay,
  fromLondon,
  londonDayOf,
  londonOffset,
  parseCivilDay,
  startOfLondonDay,
  toLondon,
  weekdayOf,
  type CivilDay,
} from './london.ts';
export { ENGLAND_AND_WALES, PROVEN_YEARS, UnprovenYear, type BankHolidays } from './bank-holidays.ts';
export {
  addCountedTime,
  countedTimeBetween,
  DEMONSTRATION_WORKING_HOURS,
  WorkingCalendar,
  type CountedSpan,
  type DaySpan,
  type WorkingHours,
} from './working-time.ts';
export { backOffMs, type BackOff } from './back-off.ts';
export { BackgroundLoop, type LoopWork } from './background-loop.ts';
export { halving } from './halving.ts';
export { WakeUp } from './wake-up.ts';
export { within } from './within.ts';
export { LINE_FEED, NotUtf8, textOfUtf8 } from './utf8.ts';
