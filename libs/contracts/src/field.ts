import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import {
  CIVIL_DATE_PATTERN,
  CIVIL_MONTH_PATTERN,
  COMPUTED_INSTANT_PATTERN,
  INSTANT_PATTERN,
  isCivilDate,
  isComputedInstant,
  isInstant,
} from './instants.ts';
import { isVisible } from '#kernel';
import type { Schema } from './schema.ts';
import { ANY_TEXT_PATTERN, TEXT_PATTERN, VISIBLE_KEYWORD } from './text-patterns.ts';
import { MOMENT_KEYWORDS, momentKeywords, type MomentOptions } from './moments.ts';

interface FieldDeclaration {
  readonly name: string;
  readonly schema: () => Schema;
  readonly required: boolean;
}

/** The options of every field decorator. */
export interface FieldOptions {
  /** The field may be left out; `null` is not the same as left out. */
  readonly optional?: boolean;
  /** Label on a form, title in the schema. */
  readonly title?: string;
  /** Tells a person how to fill it in. */
  readonly help?: string;
  /** Personal data in the sense of UK GDPR and Part 3 of the Data Protection Act 2018; never logged. */
  readonly personal?: boolean;
  /**
   * Ends the sentence "it must be …", with an example: "a month, such as 2026-03". Required beside an own
   * pattern.
   */
  readonly expected?: string;
  /** A valid value, for fields that no request type has examples of. */
  readonly example?: string;
  /**
   * Says until when the force may correct this payload field. Without it the field is fixed at submission.
   */
  readonly correctable?: Correctable;
  /** Staff find requests by this text; without it they do not. Never for the name of a victim. */
  readonly searched?: Searched;
}

/** `code`: one reference or number, also with spaces and dashes; `words`: each word of the text. */
export type Searched = 'code' | 'words';

/**
 * `until-claimed` ends when staff start the work; `until-decided` ends when an answer is given or proposed.
 */
export type Correctable = 'until-claimed' | 'until-decided';

/** Our own schema keywords. A validator in strict mode must know them. */
export const FIELD_KEYWORDS = [
  'x-personal',
  'x-correctable',
  'x-searched',
  'x-visible',
  'x-expected',
  ...MOMENT_KEYWORDS,
] as const;

const declarations = new WeakMap<object, FieldDeclaration[]>();

/**
 * One declaration gives three things that must never differ: class-validator's rule, the JSON Schema keyword,
 * and the compiled check of the hot path.
 */
function field(
  options: FieldOptions,
  schema: () => Schema,
  rules: readonly PropertyDecorator[],
): PropertyDecorator {
  return (target, property) => {
    const fields = declarations.get(target) ?? [];
    declarations.set(target, fields);
    fields.push({
      name: String(property),
      required: !options.optional,
      schema: () => ({
        ...schema(),
        ...(options.title && { title: options.title }),
        ...(options.help && { description: options.help }),
        ...(options.personal && { 'x-personal': true }),
        ...(options.expected && { 'x-expected': options.expected }),
        ...(options.example && { examples: [options.example] }),
        ...(options.correctable && { 'x-correctable': options.correctable }),
        ...(options.searched && { 'x-searched': options.searched }),
      }),
    });
    // Each declaration has a condition, so that the one of a subclass replaces the inherited one.
    const presence = options.optional ? [OnlyWhenPresent()] : [Always(), IsDefined()];
    for (const rule of [...presence, ...rules]) rule(target, property);
  };
}

function Always(): PropertyDecorator {
  return ValidateIf(() => true);
}

/**
 * Skips the rules if the field is absent. class-validator's IsOptional also accepts null, which the schema
 * does not.
 */
function OnlyWhenPresent(): PropertyDecorator {
  return (target, property) =>
    ValidateIf((object: Record<string | symbol, unknown>) => object[property] !== undefined)(
      target,
      property,
    );
}

/**
 * `relayed` is for messages between services: a text that was accepted before is accepted unchanged. Without
 * an own `pattern` a text must match TEXT_PATTERN.
 */
export function Text(
  options: FieldOptions & { max: number; min?: number; pattern?: string; relayed?: true },
): PropertyDecorator {
  const min = options.min ?? 1;
  const pattern = options.pattern ?? (options.relayed ? ANY_TEXT_PATTERN : TEXT_PATTERN);
  const visible = pattern === TEXT_PATTERN;
  const schema = {
    type: 'string',
    minLength: min,
    maxLength: options.max,
    pattern,
    ...(visible && VISIBLE_KEYWORD),
  };
  return field(options, () => schema, [
    IsString(),
    ...lengthRules(min, options.max),
    Matches(new RegExp(visible ? ANY_TEXT_PATTERN : pattern, 'u')),
    ...(visible ? [IsVisible()] : []),
  ]);
}

/** Counts code points like JSON Schema. class-validator's own rules count some pairs of characters as one. */
function lengthRules(min: number, max: number, each?: ValidationOptions): PropertyDecorator[] {
  const rule = (name: string, bound: number, holds: (length: number) => boolean): PropertyDecorator =>
    ValidateBy(
      {
        name,
        constraints: [bound],
        validator: {
          validate: (value: unknown) => typeof value === 'string' && holds([...value].length),
        },
      },
      each,
    );
  return [
    rule('minLength', min, (length) => length >= min),
    rule('maxLength', max, (length) => length <= max),
  ];
}

function IsVisible(each?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'visible',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isVisible(value),
      },
    },
    each,
  );
}

export function OneOf(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(options, () => ({ type: 'string', enum: values }), [IsIn(values)]);
}

export function Whole(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field(options, () => ({ type: 'integer', minimum: options.min, maximum: options.max }), [
    IsInt(),
    Min(options.min),
    Max(options.max),
  ]);
}

export function Decimal(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field(options, () => ({ type: 'number', minimum: options.min, maximum: options.max }), [
    IsNumber(),
    Min(options.min),
    Max(options.max),
  ]);
}

export function YesNo(options: FieldOptions = {}): PropertyDecorator {
  return field(options, () => ({ type: 'boolean' }), [IsBoolean()]);
}

/**
 * An RFC 3339 date and time with an offset. A date alone is refused. `computed` is for messages between
 * services.
 */
export function Instant(options: FieldOptions & MomentOptions & { computed?: true } = {}): PropertyDecorator {
  const pattern = options.computed ? COMPUTED_INSTANT_PATTERN : INSTANT_PATTERN;
  const years = options.computed ? '1800 to 2299' : '1900 to 2199';
  const expected = `a date and time with an offset, in the years ${years}, such as 2026-03-02T09:30:00Z`;
  return field(
    { expected, ...options },
    () => ({ type: 'string', format: 'date-time', pattern, ...momentKeywords(options) }),
    [
      ValidateBy({
        name: 'instant',
        validator: {
          validate: options.computed ? isComputedInstant : isInstant,
        },
      }),
    ],
  );
}

/** An existing calendar date, `YYYY-MM-DD`. */
export function CivilDate(options: FieldOptions & MomentOptions = {}): PropertyDecorator {
  const expected = 'an existing date in the years 1900 to 2199, such as 2026-03-02';
  return field(
    { expected, ...options },
    () => ({ type: 'string', format: 'date', pattern: CIVIL_DATE_PATTERN, ...momentKeywords(options) }),
    [
      ValidateBy({
        name: 'civilDate',
        validator: {
          validate: isCivilDate,
        },
      }),
    ],
  );
}

/** A month, `YYYY-MM`. */
export function CivilMonth(options: FieldOptions & MomentOptions = {}): PropertyDecorator {
  const schema = {
    type: 'string',
    minLength: 1,
    maxLength: 7,
    pattern: CIVIL_MONTH_PATTERN,
    ...momentKeywords(options),
  };
  return field({ expected: 'a month in the years 1900 to 2199, such as 2026-03', ...options }, () => schema, [
    ValidateBy({
      name: 'civilMonth',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && CIVIL_MONTH.test(value),
      },
    }),
  ]);
}

const CIVIL_MONTH = new RegExp(CIVIL_MONTH_PATTERN, 'u');

export function Nested(type: () => new () => object, options: FieldOptions = {}): PropertyDecorator {
  return field(options, () => schemaOf(type()), [ValidateNested(), IsPlainObject(), Type(type)]);
}

export function ListOf(
  type: () => new () => object,
  options: FieldOptions & { max: number; min?: number },
): PropertyDecorator {
  const min = options.min ?? 0;
  return field(
    options,
    () => ({ type: 'array', items: schemaOf(type()), minItems: min, maxItems: options.max }),
    [
      IsArray(),
      ArrayMinSize(min),
      ArrayMaxSize(options.max),
      ArePlainObjects(),
      ValidateNested({ each: true }),
      Type(type),
    ],
  );
}

export function TextList(
  options: FieldOptions & { max: number; min?: number; maxLength: number; oneOf?: readonly string[] },
): PropertyDecorator {
  const min = options.min ?? 0;
  const items = options.oneOf
    ? { type: 'string', enum: options.oneOf }
    : {
        type: 'string',
        minLength: 1,
        maxLength: options.maxLength,
        pattern: TEXT_PATTERN,
        ...VISIBLE_KEYWORD,
      };
  const rules = options.oneOf
    ? [IsIn(options.oneOf, { each: true })]
    : [
        IsString({ each: true }),
        ...lengthRules(1, options.maxLength, { each: true }),
        Matches(new RegExp(ANY_TEXT_PATTERN, 'u'), { each: true }),
        IsVisible({ each: true }),
      ];
  return field(options, () => ({ type: 'array', items, minItems: min, maxItems: options.max }), [
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(options.max),
    ...rules,
  ]);
}

/** An object that other code checks: a payload, a problem, an answer. */
export function JsonObject(options: FieldOptions = {}): PropertyDecorator {
  return field(options, () => ({ type: 'object' }), [IsPlainObject()]);
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function IsPlainObject(): PropertyDecorator {
  return ValidateBy({
    name: 'plainObject',
    validator: { validate: isPlainObject },
  });
}

/**
 * Refuses a list in place of an item. class-validator would validate it item by item, and an empty one would
 * pass.
 */
function ArePlainObjects(): PropertyDecorator {
  return ValidateBy({
    name: 'plainObjects',
    validator: {
      validate: (value: unknown) => Array.isArray(value) && value.every(isPlainObject),
    },
  });
}

/** Returns the JSON Schema of a payload class. It is closed, so that unknown fields are refused. */
export function schemaOf(type: new () => object): Schema {
  const fields: FieldDeclaration[] = [];
  for (
    let target = type.prototype as object;
    target && target !== Object.prototype;
    target = Object.getPrototypeOf(target) as object
  ) {
    fields.unshift(...(declarations.get(target) ?? []));
  }
  // The last declaration of a name counts: that of the subclass.
  const declared = [...new Map(fields.map((one) => [one.name, one])).values()];
  return {
    type: 'object',
    properties: Object.fromEntries(declared.map(({ name, schema }) => [name, schema()])),
    required: declared.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}
