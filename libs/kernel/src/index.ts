export { ALLIANCE, forcesFrom, sandboxesFrom, type Force } from './force.ts';
export { isUuid, newId } from './ids.ts';
export { canonicalJson, contentHash, type Json } from './canonical-json.ts';
export { nearestName, type KnownName } from './nearest-name.ts';
export { comparable, isVisible } from './written-text.ts';
export { Figures, todayInLondon, type DatedFigure } from './figures.ts';
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
export { NotUtf8, textOfUtf8 } from './utf8.ts';
