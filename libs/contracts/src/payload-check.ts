import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { excerptOf, type Excerpt } from './excerpt.ts';
import { isVisible } from '#kernel';
import { FIELD_KEYWORDS, schemaOf } from './field.ts';
import type { Schema } from './schema.ts';
import { isCivilDate, isComputedInstant } from './instants.ts';
import type { FieldError } from './problem.ts';
import { Guesses, sentenceOf, unknownFieldSentence, type RefusedField } from './wording.ts';

const ajv = new Ajv2020({
  allErrors: false,
  strict: true,
  unicodeRegExp: true,
  keywords: FIELD_KEYWORDS.filter((keyword) => keyword !== 'x-visible'),
  // The pattern beside the format limits the years to those that the field accepts.
  formats: { 'date-time': isComputedInstant, date: isCivilDate },
});

ajv.addKeyword({
  keyword: 'x-visible',
  type: 'string',
  schemaType: 'boolean',
  validate: (_asked: boolean, text: string) => isVisible(text),
});

/** Nobody corrects more faults at a time, and the problem that lists them must fit into one message. */
export const FAULTS_MAX = 50;
/** Bounds pointers, because the sender chooses field names and they may be as long as a body. */
const POINTER_MAX = 300;
/** Bounds sentences, because a list of choices may be long. */
const SENTENCE_MAX = 1_500;

/**
 * Checks values of a payload class: its published schema, the fast compiled check, and the sentences if that
 * fails.
 */
export class PayloadCheck {
  readonly schema: Schema;
  private readonly compiled: ValidateFunction;
  /** Holds the first example of each field. */
  private readonly example: object;

  /** `examples` are valid payloads. A refusal shows the value of the first one that has the field. */
  constructor(
    private readonly type: new () => object,
    examples: readonly object[] = [],
  ) {
    this.schema = schemaOf(type);
    this.example = Object.assign({}, ...examples.toReversed()) as object;
    this.compiled = ajv.compile(this.schema);
  }

  /**
   * Lists the faults of the payload, each as a JSON pointer, a code and a sentence; the list is empty for a
   * valid payload. If there are more than 50, the last one gives their number. The compiled check decides.
   * class-validator is far slower, so it only writes the sentences, from an excerpt: 80,000 faulty items took
   * it 7.7 s, and nobody else was served meanwhile.
   */
  faults(payload: unknown, pointer = '/payload'): FieldError[] {
    if (this.compiled(payload)) return [];
    const fault = this.compiled.errors?.[0];
    const excerpt = excerptOf(payload, this.schema, fault?.instancePath ?? '');
    const worded = [
      ...overlongLists(excerpt, this.schema, pointer),
      ...this.worded(excerpt.value, pointer, excerpt.starts),
    ];
    if (worded.length > 0) return bounded(worded, worded.length + excerpt.unknownLeftOut, pointer);
    return [
      {
        pointer: `${pointer}${fault?.instancePath ?? ''}`,
        code: fault?.keyword ?? 'invalid',
        detail: fault?.message ?? 'is not valid',
      },
    ];
  }

  /**
   * Lists the faults that class-validator finds. The test that both checks agree uses it as well. `starts`
   * has the index at which each list of an excerpt begins.
   */
  worded(payload: unknown, pointer = '/payload', starts: Excerpt['starts'] = new Map()): FieldError[] {
    const guesses = new Guesses();
    const whole = this.whole(payload);
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
      return [
        {
          pointer,
          code: 'object',
          detail: sentenceOf('object', { ...whole, name: pointer.slice(1) || 'the body' }, guesses),
        },
      ];
    }
    // class-validator refuses an instance of a class without fields as a whole, and names no field.
    if (Object.keys(this.schema['properties'] as object).length === 0) {
      return Object.keys(payload).map((name) => ({
        pointer: `${pointer}/${escaped(name)}`,
        code: 'whitelistValidation',
        detail: unknownFieldSentence(name, this.schema, guesses),
      }));
    }
    const instance = plainToInstance(this.type, payload, { enableCircularCheck: false });
    const errors = validateSync(instance, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
    });
    const inherited = inheritedNames(payload, pointer, this.schema, guesses);
    return [
      ...inherited,
      ...errors.flatMap((error) => flatten(error, whole, pointer, '', { starts, guesses })),
    ];
  }

  private whole(payload: unknown): Omit<RefusedField, 'name'> {
    return { schema: this.schema, required: true, value: payload, example: this.example };
  }
}

/**
 * Finds fields named like a member of every object, such as `constructor`. class-validator looks names up in
 * a plain object and takes these for known, so no declared field may have such a name.
 */
function inheritedNames(
  value: object,
  parent: string,
  schema: Schema | undefined,
  guesses: Guesses,
): FieldError[] {
  return Object.entries(value).flatMap(([name, item]: [string, unknown]): FieldError[] => {
    const pointer = `${parent}/${escaped(name)}`;
    if (name in Object.prototype)
      return [{ pointer, code: 'whitelistValidation', detail: unknownFieldSentence(name, schema, guesses) }];
    return typeof item === 'object' && item !== null
      ? inheritedNames(item, pointer, schema && memberSchema(schema, name), guesses)
      : [];
  });
}

/** Returns the schema of a field, or of each item of a list; undefined for a field that is not declared. */
function memberSchema(schema: Schema, name: string): Schema | undefined {
  if (schema['type'] === 'array') return schema['items'] as Schema;
  const fields = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function bounded(faults: readonly FieldError[], count: number, pointer: string): FieldError[] {
  const named = faults.slice(0, FAULTS_MAX).map((fault) => ({
    pointer: shortened(fault.pointer, POINTER_MAX),
    code: fault.code,
    detail: shortened(fault.detail, SENTENCE_MAX),
  }));
  if (count <= FAULTS_MAX) return named;
  const more = {
    pointer,
    code: 'more',
    detail: `there are ${count} faults; only the first ${FAULTS_MAX - 1} are listed`,
  };
  return [...named.slice(0, -1), more];
}

function shortened(words: string, most: number): string {
  return words.length <= most ? words : `${words.slice(0, most).toWellFormed()}…`;
}

/** `within` is the place of the error's parent, `whole`, in the payload. */
function flatten(
  error: ValidationError,
  whole: Omit<RefusedField, 'name'>,
  parent: string,
  within: string,
  context: { readonly starts: Excerpt['starts']; readonly guesses: Guesses },
): FieldError[] {
  const { starts, guesses } = context;
  const start = starts.get(within);
  const name = start === undefined ? error.property : String(Number(error.property) + start);
  const pointer = `${parent}/${escaped(name)}`;
  const schema = memberSchema(whole.schema, error.property);
  const [code] = Object.keys(error.constraints ?? {});
  if (schema === undefined)
    return code === undefined
      ? []
      : [{ pointer, code, detail: unknownFieldSentence(name, whole.schema, guesses) }];
  const required = whole.schema['required'] as readonly string[] | undefined;
  const field = {
    ...{
      schema,
      value: memberOf(whole.value, error.property),
      example: memberOf(whole.example, error.property),
    },
    required: required?.includes(error.property) ?? true,
  };
  const own =
    code === undefined
      ? []
      : [{ pointer, code, detail: sentenceOf(code, { ...field, name: nameOf(name, pointer) }, guesses) }];
  // A value that is neither a list nor an object has no missing members.
  if (Array.isArray(field.value) !== (schema['type'] === 'array')) return own;
  return [
    ...own,
    ...(error.children ?? []).flatMap((child) =>
      flatten(child, field, pointer, `${within}/${escaped(name)}`, context),
    ),
  ];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Names an item after its list. */
function nameOf(name: string, pointer: string): string {
  return /^\d+$/.test(name) ? (pointer.split('/').at(-2) ?? '') + ` item ${Number(name) + 1}` : name;
}

/** Lists the faults of lists that are too long although their excerpt is short enough. */
function overlongLists({ overlong }: Excerpt, schema: Schema, pointer: string): FieldError[] {
  return [...overlong.keys()].map((place) => {
    const names = place.split('/').slice(1);
    const list = names.reduce<Schema>((at, name) => memberSchema(at, name) ?? {}, schema);
    const field = { name: names.at(-1) ?? '', schema: list, required: true, value: [], example: undefined };
    const detail = sentenceOf('arrayMaxSize', field, new Guesses());
    return { pointer: `${pointer}${place}`, code: 'arrayMaxSize', detail };
  });
}

/** Writes a field name as a JSON pointer spells it (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
