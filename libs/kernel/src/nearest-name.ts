/** Longer words are not compared, because the cost of comparing grows with the product of the lengths. */
const LENGTH_MAX = 40;
/** A name with more changed letters counts as another name. */
const LETTERS_MAX = 3;
/** Shorter beginnings and parts match too many names. */
const PART_MIN = 4;

/** A name with an alias that people also use. */
export interface KnownName {
  readonly name: string;
  readonly alias?: string;
}

/**
 * Returns the known name that was most likely meant: the same except for capitals and separators, a few
 * letters different, or a name that contains the given word, such as `odometerMiles` for `odometer`.
 * Undefined if none is near.
 */
export function nearestName(given: string, known: readonly (string | KnownName)[]): string | undefined {
  if (given.length > LENGTH_MAX) return undefined;
  const word = bare(given);
  if (word === '') return undefined;
  const names = known.map((one) => (typeof one === 'string' ? { name: one } : one));
  const ranked = names.map(({ name, alias }) => ({
    name,
    rank: Math.min(rankOf(word, bare(name)), alias ? rankOf(word, bare(alias)) + 0.5 : Infinity),
  }));
  const best = ranked.reduce((one, other) => (other.rank < one.rank ? other : one), {
    name: '',
    rank: Infinity,
  });
  return best.rank === Infinity ? undefined : best.name;
}

const bare = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * Ranks a name: 0 if equal, the number of changes if few, more for a part of the name, infinite for another
 * word.
 */
function rankOf(word: string, name: string): number {
  if (word === name) return 0;
  const few = Math.min(LETTERS_MAX, Math.max(1, Math.floor(Math.max(word.length, name.length) / 4)));
  if (Math.abs(word.length - name.length) <= few) {
    const changes = changesBetween(word, name);
    if (changes <= few) return changes;
  }
  const [part, whole] = word.length < name.length ? [word, name] : [name, word];
  return part.length >= PART_MIN && whole.includes(part) ? few + whole.length - part.length : Infinity;
}

/** Counts the letters to insert, delete, replace or swap with a neighbour to turn one word into the other. */
function changesBetween(one: string, other: string): number {
  let [before, row] = [[] as number[], Array.from({ length: other.length + 1 }, (_, n) => n)];
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const same = one[at - 1] === other[to - 1];
      let least = Math.min(
        (row[to] as number) + 1,
        (next[to - 1] as number) + 1,
        (row[to - 1] as number) + (same ? 0 : 1),
      );
      const swapped = at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      if (swapped) least = Math.min(least, (before[to - 2] as number) + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return row.at(-1) as number;
}
