/** Longest term in UTF-16 units. A longer word is cut, in a request and in a query alike. */
const TERM_MAX = 64;

/** Characters that are written inside a word and do not divide it. */
const WITHIN_A_WORD = /[\p{Mn}\p{Cf}\p{Default_Ignorable_Code_Point}'’ʼ‘`´]/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}\p{Mc}]+/u;

/** Letters with a stroke and joined letters, which NFKD leaves as they are. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
};
const WITHOUT_NFKD = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'gu');

/** English words without a meaning of their own. They are not stored, and a query with them ignores them. */
const IGNORED: ReadonlySet<string> = new Set(
  (
    'about after again all also an and any are as at be because been before being between both but by can ' +
    'could did do does during each for from had has have he her here him his how if in into is it its itself ' +
    'just me more most my no nor not of off on once only or other our out over own same she should so some ' +
    'such than that the their them then there these they this those through to too under until up very was ' +
    'we were what when where which while who whom why will with would you your'
  ).split(' '),
);

/**
 * Divides a text into words as they are compared: without case and diacritics, wide and narrow letters alike.
 * Everything that is not a letter or a digit divides words, so no word has a special meaning in a statement.
 */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(WITHIN_A_WORD, '')
    // All three conversions are needed, because some letters change in one only: ẞ becomes ß, SS and then ss.
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll(WITHOUT_NFKD, (letter) => PLAIN_LETTERS[letter] ?? letter);
  return plain.split(BETWEEN_WORDS).filter((word) => word !== '');
}

/** A reference or number in one word: "EX26 AAA" and "ex-26-aaa" are the same. */
export function codeOf(text: string): string {
  return termOf(wordsOf(text).join(''));
}

export function termOf(word: string): string {
  return word.length <= TERM_MAX ? word : word.slice(0, TERM_MAX).toWellFormed();
}

/** True for a word that says too little to be stored: a function word, or one ASCII character. */
export function isIgnored(word: string): boolean {
  return IGNORED.has(word) || (word.length === 1 && word <= '\u007f');
}
