/**
 * What the formats of JSON Schema leave open, so that a validator that knows only the published schema judges as we do: years 1900
 * to 2199, capitals, no leap second, at most nine decimals. That the date and the time exist is the format's to say.
 */
export const CIVIL_DATE_PATTERN = '^(?:19|2[01])\\d{2}-\\d{2}-\\d{2}$';
export const INSTANT_PATTERN = '^(?:19|2[01])\\d{2}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:\\d{2})$';

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const CIVIL_DATE = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for `YYYY-MM-DD` of a day that exists in the Gregorian calendar, years 1900 to 2199. */
export function isCivilDate(text: unknown): text is string {
  const match = typeof text === 'string' ? CIVIL_DATE.exec(text) : null;
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return year >= 1900 && year < 2200 && day <= (month === 2 && leap ? 29 : (DAYS[month - 1] as number));
}

/** True for an RFC 3339 date-time with an offset (leap seconds are refused: no clock here knows them). */
export function isInstant(text: unknown): text is string {
  const match = typeof text === 'string' ? INSTANT.exec(text) : null;
  return match !== null && isCivilDate(match[1]);
}
