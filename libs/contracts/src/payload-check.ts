import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { excerptOf, type Excerpt } from './excerpt.ts';
import { isVisible } from '#kernel';
import { FIELD_KEYWORDS, schemaOf, type Schema } from './field.ts';
import { isCivilDate, isComputedInstant } from './instants.ts';
import type { FieldError } from './problem.ts';
import { Guesses, sentenceOf, unknownFieldSentence, type RefusedField } from './wording.ts';

const ajv = new Ajv2020({
  allErrors: false,
  strict: true,
  unicodeRegExp: true,
  keywords: FIELD_KEYWORDS.filter((keyword) => keyword !== 'x-visible'),
  // The pattern beside the format narrows the years to those that the field takes.
  formats: { 'date-time': isComputedInstant, date: isCivilDate },
});

ajv.addKeyword({
  keyword: 'x-visible',
  type: 'string',
  schemaType: 'boolean',
  validate: (_asked: boolean, text: string) => isVisible(text),
});

/** A person corrects no more at a time; and the problem that names them must fit into a message of its own. */
export const FAULTS_MAX = 50;
/** Names of fields are the sender's and may be as long as a body. */
const POINTER_MAX = 300;
/** Sentences are ours; a list of choices may be long. */
const SENTENCE_MAX = 1_500;

/** A payload class made ready: its published schema, the fast check, and the messages when that check fails. */
export class PayloadCheck {
  readonly schema: Schema;
  private readonly compiled: ValidateFunction;
  /** Of each field the first that there is. */
  private readonly example: object;

  /** `examples` are valid payloads: a refusal shows what a field may be by the first that has it. */
  constructor(
    private readonly type: new () => object,
    examples: readonly object[] = [],
  ) {
    this.schema = schemaOf(type);
    this.example = Object.assign({}, ...examples.toReversed()) as object;
    this.compiled = ajv.compile(this.schema);
  }

  /**
   * The faults of the payload, each as a JSON pointer, a code and a sentence; an empty list when it is valid. Of more
   * than 50 the last one says how many there are.
   * The compiled check decides. class-validator, far slower, only words what it refused, and is shown no more than an excerpt:
   * explaining 80,000 faulty items took it 7.7 s, in which nobody else was served.
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
   * What class-validator alone says: used for messages, and by the test that both checks agree. `starts` has the index at
   * which a list of an excerpt begins.
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
    // class-validator refuses an instance of a class without fields as a whole and names no field.
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
 * Fields called as something that every object has (`constructor`): class-validator looks names up in a plain object, and takes
 * these for known. No field of ours may be called so.
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

/** The schema of a field, or of each item of a list; undefined for what is not declared. */
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
    detail: `there are ${count} faults; the first ${FAULTS_MAX - 1} are named`,
  };
  return [...named.slice(0, -1), more];
}

function shortened(words: string, most: number): string {
  return words.length <= most ? words : `${words.slice(0, most).toWellFormed()}…`;
}

/** `within` is where the error's parent, `whole`, stands in the payload. */
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
  // Of what is no list and no object at all, nothing inside is missing.
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

/** An item is named after its list. */
function nameOf(name: string, pointer: string): string {
  return /^\d+$/.test(name) ? (pointer.split('/').at(-2) ?? '') + ` item ${Number(name) + 1}` : name;
}

/** Lists whose excerpt is short enough to pass though the list is not. */
function overlongLists({ overlong }: Excerpt, schema: Schema, pointer: string): FieldError[] {
  return [...overlong.keys()].map((place) => {
    const names = place.split('/').slice(1);
    const list = names.reduce<Schema>((at, name) => memberSchema(at, name) ?? {}, schema);
    const field = { name: names.at(-1) ?? '', schema: list, required: true, value: [], example: undefined };
    const detail = sentenceOf('arrayMaxSize', field, new Guesses());
    return { pointer: `${pointer}${place}`, code: 'arrayMaxSize', detail };
  });
}

/** A field's name as a JSON pointer spells it (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
