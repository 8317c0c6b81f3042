import fc from 'fast-check';
import type { Schema } from '#contracts';
import { isVisible } from '#kernel';

/** Years that a date may have. */
const FIRST_DAY = new Date('1900-01-01T00:00:00Z');
const LAST_DAY = new Date('2199-12-31T23:59:59Z');
const OFFSETS = ['Z', '+00:00', '+01:00', '-05:30', '+15:59', '-15:59', '-00:00'];
const FRACTIONS = ['', '.5', '.120', '.123456789'];
/** Characters that careless code counts wrongly: two units, two code points, one variation selector. */
const LETTERS = ['a', 'é', 'e\u0301', '\u{1F693}', '☎\uFE0F', 'a\u{E0100}', '\uFFFD', 'ﬁ'];

/**
 * Makes JSON values that a schema of our payload classes allows: optional fields present and absent, texts up
 * to the longest. Throws for a keyword that no field declares yet.
 */
export function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  return shaped(schema).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
}

/**
 * Makes copies of a valid value, each with one field at one of its extremes: the earliest and latest date,
 * the outermost offsets, the longest text, the outermost numbers, the longest list, every choice, and each
 * optional field left out. They are the same each time, except for texts of a pattern.
 */
export function extremesOf(
  schema: Schema,
  example: Readonly<Record<string, unknown>>,
): Record<string, unknown>[] {
  const { properties, required } = schema as {
    properties: Record<string, Schema>;
    required: readonly string[];
  };
  return Object.entries(properties).flatMap(([name, field]) => {
    const { [name]: _left, ...others } = example;
    const extremes = extremeValues(field).map((value) => ({ ...others, [name]: value }));
    return required.includes(name) ? extremes : [...extremes, others];
  });
}

function extremeValues(schema: Schema): unknown[] {
  const { type, format, enum: choices, minimum, maximum } = schema;
  if (choices) return choices as unknown[];
  if (format === 'date') return ['1900-01-01', '2199-12-31'];
  if (format === 'date-time')
    return ['1900-01-01T00:00:00+15:59', '2199-12-31T23:59:59.999999999-15:59', '2024-02-29T00:00:00-00:00'];
  if (type === 'boolean') return [true, false];
  if (minimum !== undefined) return [minimum, maximum, ...(type === 'number' ? [5e-324] : [])];
  if (type === 'object') {
    const { properties = {}, required = [] } = schema as {
      properties?: Record<string, Schema>;
      required?: readonly string[];
    };
    const members = Object.entries(properties).map(([name, field]) => [name, extremeValues(field)] as const);
    const filled = (place: 0 | -1): unknown =>
      Object.fromEntries(members.map(([name, values]) => [name, values.at(place)]));
    return [
      filled(0),
      filled(-1),
      Object.fromEntries(
        members.filter(([name]) => required.includes(name)).map(([n, values]) => [n, values[0]]),
      ),
    ];
  }
  if (type === 'array') {
    const { items, minItems, maxItems } = schema as { items: Schema; minItems: number; maxItems: number };
    const values = extremeValues(items);
    return [minItems, maxItems].map((length) => Array.from({ length }, (_, n) => values[n % values.length]));
  }
  const matches = new RegExp(String(schema['pattern']), 'u');
  // The text repeats one letter if the pattern allows it.
  const longest = ['\u{1F693}', '7', 'a']
    .map((letter) => letter.repeat(Number(schema['maxLength'])))
    .filter((one) => matches.test(one));
  return [...fc.sample(text(schema), 3), ...longest];
}

function shaped(schema: Schema): fc.Arbitrary<unknown> {
  const { type, enum: choices } = schema as { type?: string; enum?: readonly unknown[] };
  if (choices) return fc.constantFrom(...choices);
  if (type === 'object') return object(schema);
  if (type === 'array') {
    const { items, minItems, maxItems } = schema as { items: Schema; minItems: number; maxItems: number };
    return fc.array(shaped(items), { minLength: minItems, maxLength: maxItems });
  }
  if (type === 'string') return text(schema);
  const { minimum, maximum } = schema as { minimum: number; maximum: number };
  if (type === 'integer') return fc.integer({ min: minimum, max: maximum });
  if (type === 'number') return fc.double({ min: minimum, max: maximum, noNaN: true });
  if (type === 'boolean') return fc.boolean();
  throw new Error(`No value can be made for ${JSON.stringify(schema)}.`);
}

function object({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties as Record<string, Schema>).map(
    ([name, schema]) => [name, shaped(schema)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: required as string[] });
}

/** Texts by their schema, because reading a pattern takes longer than making a thousand texts of it. */
const TEXTS = new Map<string, fc.Arbitrary<string>>();

function text(schema: Schema): fc.Arbitrary<string> {
  const key = JSON.stringify(schema);
  const made = TEXTS.get(key) ?? newText(schema);
  TEXTS.set(key, made);
  return made;
}

function newText(schema: Schema): fc.Arbitrary<string> {
  const { format, pattern = '', minLength = 0, maxLength = 0 } = schema;
  const moment = fc
    .date({ min: FIRST_DAY, max: LAST_DAY, noInvalidDate: true })
    .map((date) => date.toISOString());
  if (format === 'date') return moment.map((instant) => instant.slice(0, 10));
  if (format === 'date-time') {
    return fc
      .tuple(moment, fc.constantFrom(...FRACTIONS), fc.constantFrom(...OFFSETS))
      .map(([instant, fraction, offset]) => `${instant.slice(0, 19)}${fraction}${offset}`);
  }
  const whole = new RegExp(String(pattern), 'u');
  const allowed = (one: string): boolean => {
    const length = Array.from(one).length;
    return (
      whole.test(one) &&
      (schema['x-visible'] !== true || isVisible(one)) &&
      length >= Number(minLength) &&
      length <= Number(maxLength)
    );
  };
  const longest = LETTERS.map((letter) =>
    letter.repeat(Math.floor(Number(maxLength) / Array.from(letter).length)),
  ).filter(allowed);
  // Matches are mostly short. Longer texts repeat them, because otherwise nearly all would be thrown away.
  const longEnough = (one: string): string =>
    one.repeat(Math.max(1, Math.ceil(Number(minLength) / Math.max(1, Array.from(one).length))));
  const matching = fc
    .stringMatching(withoutLookaheads(String(pattern)), { maxLength: Number(maxLength) })
    .map(longEnough)
    .filter(allowed);
  return longest.length === 0
    ? matching
    : fc.oneof({ weight: 4, arbitrary: matching }, fc.constantFrom(...longest));
}

/** The result is checked against the whole pattern afterwards. */
function withoutLookaheads(pattern: string): RegExp {
  return new RegExp(pattern.replaceAll(/\(\?=[^()]*\)/g, ''), 'u');
}
