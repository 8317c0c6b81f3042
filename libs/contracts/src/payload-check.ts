import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { excerptOf, type Excerpt } from './excerpt.ts';
import { isVisible } from '#kernel';
import { FIELD_KEYWORDS, schemaOf, type Schema } from './field.ts';
import { isCivilDate, isComputedInstant } from './instants.ts';
import type { FieldError } from './problem.ts';

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
const FAULTS_MAX = 50;
/** Names of fields are the sender's and may be as long as a body. */
const WORDS_MAX = 300;

/** A payload class made ready: its published schema, the fast check, and the messages when that check fails. */
export class PayloadCheck {
  readonly schema: Schema;
  private readonly compiled: ValidateFunction;

  constructor(private readonly type: new () => object) {
    this.schema = schemaOf(type);
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
    const worded = [...overlongLists(excerpt, pointer), ...this.worded(excerpt.value, pointer, excerpt.starts)];
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
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
      return [{ pointer, code: 'object', detail: 'must be an object' }];
    }
    // class-validator refuses an instance of a class without fields as a whole and names no field.
    if (Object.keys(this.schema['properties'] as object).length === 0) {
      return Object.keys(payload).map((name) => ({
        pointer: `${pointer}/${escaped(name)}`,
        code: 'whitelistValidation',
        detail: `property ${name} should not exist`,
      }));
    }
    const instance = plainToInstance(this.type, payload, { enableCircularCheck: false });
    const errors = validateSync(instance, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
    });
    return [...inheritedNames(payload, pointer), ...errors.flatMap((error) => flatten(error, pointer, '', starts))];
  }
}

/**
 * Fields called as something that every object has (`constructor`): class-validator looks names up in a plain object, and takes
 * these for known. No field of ours may be called so.
 */
function inheritedNames(value: object, parent: string): FieldError[] {
  return Object.entries(value).flatMap(([name, item]: [string, unknown]): FieldError[] => {
    const pointer = `${parent}/${escaped(name)}`;
    if (name in Object.prototype) return [{ pointer, code: 'whitelistValidation', detail: `property ${name} should not exist` }];
    return typeof item === 'object' && item !== null ? inheritedNames(item, pointer) : [];
  });
}

function bounded(faults: readonly FieldError[], count: number, pointer: string): FieldError[] {
  const named = faults
    .slice(0, FAULTS_MAX)
    .map((fault) => ({ pointer: shortened(fault.pointer), code: fault.code, detail: shortened(fault.detail) }));
  if (count <= FAULTS_MAX) return named;
  const more = { pointer, code: 'more', detail: `there are ${count} faults; the first ${FAULTS_MAX - 1} are named` };
  return [...named.slice(0, -1), more];
}

function shortened(words: string): string {
  return words.length <= WORDS_MAX ? words : `${words.slice(0, WORDS_MAX).toWellFormed()}…`;
}

/** `within` is where the error's parent stands in the payload. */
function flatten(error: ValidationError, parent: string, within: string, starts: Excerpt['starts']): FieldError[] {
  const start = starts.get(within);
  const name = escaped(start === undefined ? error.property : String(Number(error.property) + start));
  const pointer = `${parent}/${name}`;
  const own = Object.entries(error.constraints ?? {})
    .slice(0, 1)
    .map(([code, detail]) => ({ pointer, code, detail }));
  return [...own, ...(error.children ?? []).flatMap((child) => flatten(child, pointer, `${within}/${name}`, starts))];
}

/** Lists whose excerpt is short enough to pass though the list is not. */
function overlongLists({ overlong }: Excerpt, pointer: string): FieldError[] {
  return [...overlong].map(([place, most]) => ({
    pointer: `${pointer}${place}`,
    code: 'arrayMaxSize',
    detail: `${place.slice(place.lastIndexOf('/') + 1)} must contain no more than ${most} elements`,
  }));
}

/** A field's name as a JSON pointer spells it (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
