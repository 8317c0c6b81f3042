/** Control characters other than tab, line feed and carriage return. No text may contain them. */
const CONTROLS = String.raw`\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f`;
/**
 * Characters that a text may contain and that nobody sees. They are listed one by one, because the regular
 * expressions of some languages have no `\p{…}`. Those beyond U+FFFF are left to `x-visible`, because some
 * languages cannot name a range there.
 */
const UNSEEN = [
  String.raw`\t\n\r\u0020\u0080-\u00a0\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u1680`,
  String.raw`\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164`,
  String.raw`\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb`,
].join('');

/** Text without control characters, of whole code points only. */
export const ANY_TEXT_PATTERN = `^[^${CONTROLS}]*$`;

/**
 * The same with at least one visible character. Only unseen ones may precede it, so the pattern never
 * backtracks.
 */
export const TEXT_PATTERN = `^[${UNSEEN}]*[^${CONTROLS}${UNSEEN}][^${CONTROLS}]*$`;

/** Says in a schema that a text must contain a visible character, in all of Unicode. */
export const VISIBLE_KEYWORD = { 'x-visible': true } as const;
