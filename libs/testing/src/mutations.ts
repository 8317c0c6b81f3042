import fc from 'fast-check';

/** One damaged copy of a value, and a description of the damage. */
export interface Mutation {
  readonly how: string;
  readonly value: unknown;
}

/** Replaces each value in turn: wrong types, the limits of texts and numbers, and almost valid dates. */
const REPLACEMENTS: readonly unknown[] = [
  null,
  '',
  ' ',
  '\u00A0\u200B\u3164',
  'x',
  'x'.repeat(10_000),
  '\u0000',
  'a\nb',
  '\u{1F693}',
  0,
  -1,
  1.5,
  1e21,
  1_000_000_001,
  true,
  false,
  [],
  {},
  [null],
  ['x'],
  [{}],
  '2026-02-30',
  '2026-03-02',
  '1899-12-31',
  '2026-03-02T09:30:00Z',
  '2026-03-02T09:30:00',
  '2026-03-02T24:00:00Z',
  '2026-03-02t09:30:00z',
  '2026-03-02 09:30:00Z',
  '2016-12-31T23:59:60Z',
  '2200-01-01T00:00:00Z',
];

/** Forbidden names of fields. Every object seems to have some of them already. */
const UNKNOWN_FIELDS = ['notAField', 'owningForce', 'constructor', 'toString', 'hasOwnProperty'];

/** A value inside a JSON value, and a way to replace it; `undefined` removes it from its object. */
interface Place {
  readonly path: string;
  readonly value: unknown;
  readonly with: (replacement: unknown) => unknown;
}

interface Damage {
  readonly how: string;
  readonly replacement: unknown;
}

/**
 * Makes copies of a JSON value, each with one thing wrong or possibly wrong. The same value gives the same
 * copies.
 */
export function* mutationsOf(value: unknown): Generator<Mutation> {
  yield { how: 'unchanged', value };
  for (const place of placesIn(value)) {
    for (const damage of damagesOf(place)) yield damaged(place, damage);
  }
}

/** Makes one random copy of one of these values, with one place damaged or replaced by any value. */
export function someMutationOf(values: fc.Arbitrary<unknown>): fc.Arbitrary<Mutation> {
  const anything = fc.jsonValue().map((replacement): Damage => ({ how: 'becomes anything', replacement }));
  return fc
    .tuple(values, fc.nat(), fc.nat(), fc.option(anything, { freq: 3 }))
    .map(([value, where, how, other]) => {
      const place = oneOf([...placesIn(value)], where);
      return damaged(place, other ?? oneOf([...damagesOf(place)], how));
    });
}

const oneOf = <One>(all: readonly One[], number: number): One => all[number % all.length] as One;

function damaged(place: Place, { how, replacement }: Damage): Mutation {
  return { how: `${place.path || '/'} ${how}`, value: place.with(replacement) };
}

function* placesIn(
  value: unknown,
  path = '',
  whole: Place['with'] = (replacement) => replacement,
): Generator<Place> {
  yield { path, value, with: whole };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* placesIn(item, `${path}/${index}`, (replacement) => whole(value.with(index, replacement)));
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield* placesIn(item, `${path}/${key}`, (replacement) => {
        const { [key]: _, ...rest } = value as Record<string, unknown>;
        return whole(replacement === undefined ? rest : { ...value, [key]: replacement });
      });
    }
  }
}

function* damagesOf({ path, value }: Place): Generator<Damage> {
  for (const replacement of REPLACEMENTS)
    yield { how: `becomes ${JSON.stringify(replacement).slice(0, 30)}`, replacement };
  if (path !== '' && !/\/\d+$/.test(path)) yield { how: 'left out', replacement: undefined };
  if (typeof value === 'string') {
    yield { how: 'with a letter more', replacement: `${value}x` };
    yield { how: 'without its last letter', replacement: value.slice(0, -1) };
    yield { how: 'with a line feed at its end', replacement: `${value}\n` };
    yield { how: 'with a picture at its end', replacement: `${value}\u260E\uFE0F` };
  } else if (typeof value === 'number') {
    yield { how: 'as text', replacement: String(value) };
    yield { how: 'turned round', replacement: -value };
    yield { how: 'with a fraction', replacement: value + 0.5 };
  } else if (Array.isArray(value)) {
    yield { how: 'doubled', replacement: [...(value as unknown[]), ...(value as unknown[])] };
  } else if (typeof value === 'object' && value !== null) {
    for (const name of UNKNOWN_FIELDS)
      yield { how: `with an unknown field ${name}`, replacement: { ...value, [name]: 1 } };
  }
}
