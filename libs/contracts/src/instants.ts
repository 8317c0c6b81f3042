/**
 * These patterns add what the JSON Schema formats leave open, so that a validator with only the published
 * schema decides as we do: years 1900 to 2199, capitals, no leap second, at most nine decimals, and an offset
 * of at most 15:59, the largest that PostgreSQL accepts. The format itself checks that the date and time
 * exist.
 */
export const CIVIL_DATE_PATTERN = '^(?:19|2[01])\\d{2}-\\d{2}-\\d{2}$';
export const CIVIL_MONTH_PATTERN = '^(19|20|21)\\d{2}-(0[1-9]|1[0-2])$';
const TIME_PATTERN = 'T\\d{2}:\\d{2}:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+-](?:0\\d|1[0-5]):[0-5]\\d)$';
export const INSTANT_PATTERN = `^(?:19|2[01])\\d{2}-\\d{2}-\\d{2}${TIME_PATTERN}`;
/**
 * Services compute moments from given dates, such as the due time of a clock. They may lie a century earlier
 * or later.
 */
export const COMPUTED_INSTANT_PATTERN = `^(?:1[89]|2[0-2])\\d{2}-\\d{2}-\\d{2}${TIME_PATTERN}`;

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-5]):[0-5]\d)$/;
const CIVIL_DATE = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for `YYYY-MM-DD` of a day that exists in the Gregorian calendar, years 1900 to 2199. */
export function isCivilDate(text: unknown): text is string {
  return isDayOf(text, 1900, 2200);
}

/**
 * True for an RFC 3339 date-time with an offset. Leap seconds are refused, because no clock here knows them.
 */
export function isInstant(text: unknown): text is string {
  const match = typeof text === 'string' ? INSTANT.exec(text) : null;
  return match !== null && isCivilDate(match[1]);
}

/** The same for the years 1800 to 2299, for moments that one of our services computed. */
export function isComputedInstant(text: unknown): text is string {
  const match = typeof text === 'string' ? INSTANT.exec(text) : null;
  return match !== null && isDayOf(match[1], 1800, 2300);
}

function isDayOf(text: unknown, firstYear: number, endYear: number): boolean {
  const match = typeof text === 'string' ? CIVIL_DATE.exec(text) : null;
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return (
    year >= firstYear && year < endYear && day <= (month === 2 && leap ? 29 : (DAYS[month - 1] as number))
  );
}
