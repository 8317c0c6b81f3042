/** Control characters other than tab, line feed and carriage return: no text of ours holds them. */
const CONTROLS = String.raw`\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f`;
/**
 * Characters that a text may hold and that nobody sees. They are written out, because the regular expressions of other languages know
 * no `\p{…}`; and those beyond U+FFFF are left to `x-visible`, because some of those languages cannot name a range of them.
 */
const UNSEEN = [
  String.raw`\t\n\r\u0020\u0080-\u00a0\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u1680`,
  String.raw`\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164`,
  String.raw`\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb`,
].join('');

/** Text without control characters; whole code points only. */
export const ANY_TEXT_PATTERN = `^[^${CONTROLS}]*$`;

/** The same, with a character that can be seen. What may stand before that one is none, so there is nothing to try twice. */
export const TEXT_PATTERN = `^[${UNSEEN}]*[^${CONTROLS}${UNSEEN}][^${CONTROLS}]*$`;

/** Says in a schema that a text must have a character that can be seen, of all Unicode. */
export const VISIBLE_KEYWORD = { 'x-visible': true } as const;
