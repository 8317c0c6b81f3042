import { Refusal, type FieldError } from '#contracts';
import { isIgnored, termOf, wordsOf } from './searched-text.ts';

export interface SearchQuery {
  /** The words of the query, as they are compared. At least one of them is not ignored. */
  readonly words: readonly string[];
  readonly limit: number;
}

export const TEXT_MAX = 200;
export const WORDS_MAX = 8;
export const LIMIT_DEFAULT = 20;
export const LIMIT_MAX = 50;
/** The beginning of a word finds it from this length on. */
export const BEGINNING_MIN = 2;
/** A reference that is typed with spaces or dashes has at most this many parts. */
const PARTS_MAX = 6;

/** Reads the query of a search; a refusal names every fault. */
export function readSearchQuery(query: Readonly<Record<string, unknown>>): SearchQuery {
  const { q, limit: sent } = query;
  const limit = sent === undefined ? LIMIT_DEFAULT : Number(sent);
  const errors: FieldError[] = [];
  const words = typeof q === 'string' && q.length <= TEXT_MAX ? wordsOf(q) : undefined;
  if (words === undefined) errors.push(fault('q', `must be a text of at most ${TEXT_MAX} characters`));
  else if (words.length > WORDS_MAX) errors.push(fault('q', `must have at most ${WORDS_MAX} words`));
  // Without the last condition, "the" alone would find nothing and not say why.
  else if (words.every(isIgnored) && [...words.join('')].length < BEGINNING_MIN && !isNumber(words))
    errors.push(
      fault('q', `must have a word of at least ${BEGINNING_MIN} letters or digits, or be a number`),
    );
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MAX))
    errors.push(fault('limit', `must be a whole number from 1 to ${LIMIT_MAX}`));
  if (errors.length > 0)
    throw new Refusal('invalid-request', 'The query is not valid; see errors.', { errors });
  return { words: words ?? [], limit };
}

/** The terms from `first` to `last`, both included: one word, or all words with one beginning. */
export interface TermRange {
  readonly first: string;
  readonly last: string;
}

/** A way to read the words from `start`, without `end`, as one term or as terms with one beginning. */
export interface Reading extends TermRange {
  readonly start: number;
  readonly end: number;
  /** True for the number of a reference alone. Its request is wanted first. */
  readonly isNumber?: boolean;
}

/** No text has this code point, and in the collation "C" it comes after all others. */
const AFTER_ALL = '\u{10ffff}';

/**
 * Lists the ways in which neighbouring words may be one term. "EX26 AAA" may be two words or one registration
 * mark. A short reference may be typed without the zeros of its number. The last word may be a beginning.
 */
export function readingsOf(words: readonly string[], referencePrefix: string): Reading[] {
  const readings: Reading[] = [];
  for (let start = 0; start < words.length; start += 1) {
    for (let end = start + 1; end <= Math.min(words.length, start + PARTS_MAX); end += 1) {
      const term = termOf(words.slice(start, end).join(''));
      readings.push({ start, end, first: term, last: term });
      const reference = shortReference(term, referencePrefix.toLowerCase());
      if (reference !== undefined) readings.push({ start, end, first: reference, last: reference });
      if (end === words.length && [...term].length >= BEGINNING_MIN)
        readings.push({ start, end, first: term, last: `${term}${AFTER_ALL}` });
    }
  }
  return readings;
}

/** Digits of the number in a short reference. */
const NUMBER_DIGITS = 6;
const NUMBER = /^0*[1-9]\d*$/;

/** True if a query is the number of a short reference and nothing else, such as 17 or 000017. */
export function isNumber(words: readonly string[]): boolean {
  const [word = ''] = words;
  return words.length === 1 && word.length <= NUMBER_DIGITS && NUMBER.test(word);
}

/** The references with a number, one for each year in which the unit has given references. */
export function numberReadings(number: string, referencePrefix: string, years: readonly string[]): Reading[] {
  return years.map((year) => {
    const term = `${referencePrefix.toLowerCase()}${year}${number.padStart(NUMBER_DIGITS, '0')}`;
    return { start: 0, end: 1, first: term, last: term, isNumber: true };
  });
}

/** FLT-26-123 written in full; undefined for another term and for a reference in full. */
function shortReference(term: string, prefix: string): string | undefined {
  if (!term.startsWith(prefix)) return undefined;
  const [, year, serial] = /^(\d{2})(\d{1,5})$/.exec(term.slice(prefix.length)) ?? [];
  return year === undefined || serial === undefined
    ? undefined
    : `${prefix}${year}${serial.padStart(NUMBER_DIGITS, '0')}`;
}

export const isBeginning = ({ first, last }: TermRange): boolean => first !== last;

/** A bound of the sequences of readings that are tried, those of the fewest terms first. */
const SEQUENCES_MAX = 6;

/**
 * Lists the sequences of readings that together read every word once. A word that is ignored may also be left
 * out, but one reading is always there.
 */
export function sequencesOf<Found extends Reading>(
  words: readonly string[],
  readings: readonly Found[],
): readonly (readonly Found[])[] {
  const from = (place: number): (readonly Found[])[] => {
    if (place === words.length) return [[]];
    const rest = new Map<number, (readonly Found[])[]>();
    const after = (end: number): (readonly Found[])[] => {
      const known = rest.get(end) ?? from(end);
      rest.set(end, known);
      return known;
    };
    const sequences = readings
      .filter(({ start }) => start === place)
      .flatMap((reading) => after(reading.end).map((others) => [reading, ...others]));
    return [...sequences, ...(isIgnored(words[place] ?? '') ? after(place + 1) : [])];
  };
  return from(0)
    .filter((sequence) => sequence.length > 0)
    .sort((a, b) => a.length - b.length)
    .slice(0, SEQUENCES_MAX);
}

function fault(name: string, detail: string): FieldError {
  return { pointer: `/${name}`, code: 'invalid-query', detail: `${name} ${detail}` };
}
