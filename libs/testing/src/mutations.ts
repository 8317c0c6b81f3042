/** One damaged copy of a value, and what was done to it. */
export interface Mutation {
  readonly how: string;
  readonly value: unknown;
}

/** What is put in the place of each value in turn: the wrong types, the edges of text and number, near misses of dates. */
const REPLACEMENTS: readonly unknown[] = [
  null,
  '',
  ' ',
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
  '2026-03-02T09:30:00Z',
  '2026-03-02T09:30:00',
  '2026-03-02T24:00:00Z',
];

/** Copies of a JSON value with one thing wrong, or possibly wrong, in each; always the same ones for the same value. */
export function* mutationsOf(value: unknown): Generator<Mutation> {
  yield { how: 'unchanged', value };
  yield* replacements(value, '');
}

function* replacements(value: unknown, path: string): Generator<Mutation> {
  for (const replacement of REPLACEMENTS)
    yield { how: `${path || '/'} becomes ${JSON.stringify(replacement).slice(0, 30)}`, value: replacement };
  if (Array.isArray(value)) {
    yield { how: `${path} doubled`, value: [...(value as unknown[]), ...(value as unknown[])] };
    for (const [index, item] of value.entries()) {
      for (const { how, value: changed } of replacements(item, `${path}/${index}`)) yield { how, value: value.with(index, changed) };
    }
  } else if (typeof value === 'object' && value !== null) {
    yield { how: `${path} with an unknown field`, value: { ...value, notAField: 1 } };
    yield { how: `${path} with an owning force`, value: { ...value, owningForce: 'bedfordshire' } };
    for (const [key, item] of Object.entries(value)) {
      const { [key]: _, ...rest } = value as Record<string, unknown>;
      yield { how: `${path}/${key} left out`, value: rest };
      for (const { how, value: changed } of replacements(item, `${path}/${key}`)) yield { how, value: { ...value, [key]: changed } };
    }
  }
}
