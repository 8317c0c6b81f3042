import type { ProblemCode, Schema } from '#contracts';

/** A body by its media type, as OpenAPI has it. */
export interface DescribedContent {
  readonly [mediaType: string]: { readonly schema: Schema; readonly example?: unknown };
}

export interface DescribedAnswer {
  /** A sentence: what this status tells. */
  readonly means: string;
  readonly content?: DescribedContent;
  /** Header names in lower case, each with what it says. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface DescribedParameter {
  readonly schema: Schema;
  readonly help: string;
  readonly required?: boolean;
}

/** What a route takes and gives, beside its policy: the OpenAPI document is made of nothing else. */
export interface RouteDescription {
  /** Name of the operation, unique in the service: what a generated client calls it. */
  readonly id: string;
  /** One line: what the route does. */
  readonly summary: string;
  /** What a caller must know beyond that line; CommonMark. */
  readonly details?: string;
  /** By name; the schema of a parameter in the path is text unless it is given here. */
  readonly path?: Readonly<Record<string, DescribedParameter>>;
  readonly query?: Readonly<Record<string, DescribedParameter>>;
  /** Authorization is the policy's. */
  readonly headers?: Readonly<Record<string, DescribedParameter>>;
  readonly body?: DescribedContent;
  /** By status: what is no problem. */
  readonly answers: Readonly<Record<number, DescribedAnswer>>;
  /** Codes beyond those that follow from the policy and from having a body of JSON. */
  readonly problems?: readonly ProblemCode[];
}

/** Keyed by the handler, like its policy. */
const descriptions = new WeakMap<object, RouteDescription>();

/** Describes a route to those who call it. A service that publishes its interface does not start with a route that lacks this. */
export const Described =
  (description: RouteDescription): MethodDecorator =>
  (_target, _property, descriptor) => {
    descriptions.set(descriptor.value as object, description);
  };

export function descriptionOf(handler: object): RouteDescription | undefined {
  return descriptions.get(handler);
}

/** A body of JSON. */
export const json = (schema: Schema, example?: unknown): DescribedContent => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
});

/** A schema that the document has under a name: `named('Request')`. */
export const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** The same schema, or null. */
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });

/**
 * The schema of what a route gives, one line a field: the compiler asks for every field of the view. It is open, because a
 * later version may give more; `optional` names what may be absent.
 */
export function answerSchema<View>(
  fields: { readonly [Name in keyof Required<View>]: Schema },
  optional: readonly (keyof View)[] = [],
): Schema {
  const required = Object.keys(fields).filter((name) => !optional.includes(name as keyof View));
  return { type: 'object', properties: fields, required };
}

/** Kinds of values that many answers have. */
export const ANY: Schema = {};
export const TEXT: Schema = { type: 'string' };
export const UUID: Schema = { type: 'string', format: 'uuid' };
/** What is answered is in UTC and says so by a Z. */
export const MOMENT: Schema = { type: 'string', format: 'date-time', pattern: 'Z$' };
export const COUNT: Schema = { type: 'integer', minimum: 0 };
export const listOf = (items: Schema): Schema => ({ type: 'array', items });

export const IDEMPOTENCY_KEY: Readonly<Record<string, DescribedParameter>> = {
  'Idempotency-Key': {
    required: true,
    help: 'Names this attempt, 1 to 128 visible ASCII characters: repeat a call with the same key as often as you like.',
    schema: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[!-~]+$' },
  },
};
