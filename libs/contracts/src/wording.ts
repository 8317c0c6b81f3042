import { nearestName, type KnownName } from '#kernel';
import type { Schema } from './schema.ts';
import { TEXT_PATTERN } from './text-patterns.ts';

/** A field that was refused, with its schema and the given value; `undefined` if the field was absent. */
export interface RefusedField {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  readonly value: unknown;
  /** A valid value from the examples of the type. */
  readonly example: unknown;
}

/** Longer examples are cut, because they only show what is meant. */
const EXAMPLE_MAX = 60;
/** Bounds field names in sentences, because the sender chooses them and they may be as long as a body. */
const NAME_MAX = 60;

/** Nobody corrects more misspelt names at a time, and finding the nearest name takes up to 1 ms. */
const GUESSES_MAX = 5;

/** Finds the intended name a few times per refusal, so that the cost of explaining one is bounded. */
export class Guesses {
  private left = GUESSES_MAX;

  nearest(given: string, known: readonly (string | KnownName)[]): string | undefined {
    this.left -= 1;
    return this.left < 0 ? undefined : nearestName(given, known);
  }
}

/**
 * Writes the sentence of a fault: what the field must be, with an example, and what to do. It never repeats
 * the given value, which may be personal.
 */
export function sentenceOf(code: string, field: RefusedField, guesses: Guesses): string {
  const { name, schema, required, value } = field;
  const wanted = wantedOf(schema, field.example);
  if (value === undefined) return `${name} is missing; it must be ${wanted}`;
  if (value === null)
    return `${name} ${required ? 'must not be null' : 'may be left out, but not null'}; it must be ${wanted}`;
  const special = ofText(code, field) ?? ofList(code, field, guesses);
  if (special !== undefined) return special;
  const near =
    typeof value === 'string' && schema['enum'] !== undefined
      ? guesses.nearest(value, schema['enum'] as string[])
      : undefined;
  // The guess comes before the choices, because a long list of choices is cut at the end.
  if (near !== undefined) return `did you mean ${near}? ${name} must be ${wanted}`;
  return `${name} must be ${wanted}${hintFor(value, schema)}`;
}

/**
 * Writes the sentence of an unknown field: it names the field that was probably meant, or else all fields.
 */
export function unknownFieldSentence(given: string, schema: Schema | undefined, guesses: Guesses): string {
  const fields = Object.entries((schema?.['properties'] ?? {}) as Readonly<Record<string, Schema>>);
  const shown = given.length <= NAME_MAX ? given : `${given.slice(0, NAME_MAX).toWellFormed()}…`;
  if (fields.length === 0) return `there is no field ${shown}; leave it out`;
  const known = fields.map(([name, { title }]) => ({
    name,
    ...(typeof title === 'string' && { alias: title }),
  }));
  const near = guesses.nearest(given, known);
  return near === undefined
    ? `there is no field ${shown}; the fields are ${fields.map(([name]) => name).join(', ')}`
    : `there is no field ${shown}; did you mean ${near}?`;
}

function ofText(code: string, { name, schema, value, example }: RefusedField): string | undefined {
  const { type, items, pattern } = schema as { type?: string; items?: Schema; pattern?: string };
  // A fault in a text of a list is reported for the list.
  if (type === 'array') {
    const inside =
      items?.['type'] === 'string' && items['enum'] === undefined && ['visible', 'matches'].includes(code);
    return inside
      ? ofText(code, {
          name: `each item of ${name}`,
          schema: items,
          required: true,
          value,
          example: undefined,
        })
      : undefined;
  }
  const wanted = wantedOf(schema, example);
  if (code === 'visible') return `${name} must contain a visible character: it must be ${wanted}`;
  if (code === 'matches' && pattern === TEXT_PATTERN)
    return `${name} must not contain control characters other than tabs and line breaks`;
  if (code === 'minLength' && value === '') return `${name} is empty; it must be ${wanted}`;
  return undefined;
}

function ofList(
  code: string,
  { name, schema, value, example }: RefusedField,
  guesses: Guesses,
): string | undefined {
  if (schema['type'] !== 'array' || !Array.isArray(value)) return undefined;
  const { minItems, maxItems, items } = schema as { minItems: number; maxItems: number; items: Schema };
  if (code === 'arrayMinSize' || code === 'arrayMaxSize')
    return `${name} must have ${range(minItems, maxItems, 'items')}`;
  const choices = items['enum'] as readonly string[] | undefined;
  const wrong =
    choices && (value as unknown[]).find((one) => typeof one === 'string' && !choices.includes(one));
  const near = choices && typeof wrong === 'string' ? guesses.nearest(wrong, choices) : undefined;
  if (near !== undefined)
    return `did you mean ${near}? each item of ${name} must be ${wantedOf(items, undefined)}`;
  return `each item of ${name} must be ${wantedOf(items, Array.isArray(example) ? (example as unknown[])[0] : undefined)}`;
}

/** Says what a field must be, as the end of a sentence. */
function wantedOf(schema: Schema, example: unknown): string {
  const {
    type,
    enum: choices,
    minimum,
    maximum,
    minLength,
    maxLength,
    minItems,
    maxItems,
    items,
  } = schema as Readonly<Record<string, number>> & {
    readonly type?: string;
    readonly enum?: readonly string[];
    readonly items?: Schema;
  };
  if (typeof schema['x-expected'] === 'string') return schema['x-expected'];
  if (choices) return choices.length === 1 ? String(choices[0]) : `one of ${choices.join(', ')}`;
  const own = example ?? (schema['examples'] as unknown[] | undefined)?.[0];
  const such = own === undefined ? '' : `, such as ${shownExample(own)}`;
  if (type === 'integer') return `a whole number from ${minimum} to ${maximum}${such}`;
  if (type === 'number') return `a number from ${minimum} to ${maximum}${such}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'string')
    return `text of ${range(minLength as number, maxLength as number, 'characters')}${such}`;
  if (type === 'array')
    return `a list of ${range(minItems as number, maxItems as number, 'items')}, each ${wantedOf(items as Schema, (own as unknown[] | undefined)?.[0])}`;
  const fields = Object.keys(schema['properties'] ?? {});
  return fields.length === 0 ? 'an object' : `an object with ${fields.join(', ')}`;
}

function range(least: number, most: number, what: string): string {
  if (least === most) return `${most} ${what}`;
  return least === 0 ? `at most ${most} ${what}` : `${least} to ${most} ${what}`;
}

function shownExample(example: unknown): string {
  if (typeof example === 'string' && example.length > EXAMPLE_MAX)
    return JSON.stringify(`${example.slice(0, EXAMPLE_MAX).toWellFormed()}…`);
  return JSON.stringify(example);
}

/** Says how to correct a value that only has the wrong form. */
function hintFor(value: unknown, { type, pattern }: Schema): string {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return '; write it in quotation marks';
  if (typeof value !== 'string') return '';
  if (type === 'integer' || type === 'number')
    return /^-?\d+(?:\.\d+)?$/.test(value) ? '; write it without quotation marks' : '';
  if (type === 'boolean')
    return /^(?:true|false)$/i.test(value) ? '; write it in small letters and without quotation marks' : '';
  if (typeof pattern !== 'string') return '';
  const fits = new RegExp(pattern, 'u');
  if (fits.test(value)) return '';
  const unspaced = value.replaceAll(/\s/g, '');
  const found = REWRITINGS.find(({ rewritten }) => fits.test(rewritten(value, unspaced)));
  return found === undefined ? '' : `; ${found.words}`;
}

const REWRITINGS: readonly {
  readonly words: string;
  readonly rewritten: (value: string, unspaced: string) => string;
}[] = [
  { words: 'leave the spaces out', rewritten: (_, unspaced) => unspaced },
  { words: 'write it in capital letters', rewritten: (value) => value.toUpperCase() },
  {
    words: 'write it in capital letters and leave the spaces out',
    rewritten: (_, unspaced) => unspaced.toUpperCase(),
  },
  { words: 'write it in small letters', rewritten: (value) => value.toLowerCase() },
];
