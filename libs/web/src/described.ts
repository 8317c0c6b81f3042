import type { ProblemCode, Schema } from '#contracts';

/** A body by media type, as in OpenAPI. */
export interface DescribedContent {
  readonly [mediaType: string]: { readonly schema: Schema; readonly example?: unknown };
}

export interface DescribedAnswer {
  /** A sentence that explains this status. */
  readonly means: string;
  readonly content?: DescribedContent;
  /** Descriptions of headers, by name in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface DescribedParameter {
  readonly schema: Schema;
  readonly help: string;
  readonly required?: boolean;
}

/**
 * The inputs and answers of a route. The OpenAPI document is generated from these and the route policies
 * alone.
 */
export interface RouteDescription {
  /** The operation's name, unique in the service; generated clients use it. */
  readonly id: string;
  /** Says in one line what the route does. */
  readonly summary: string;
  /** Says in CommonMark what a caller must know beyond the summary. */
  readonly details?: string;
  /** Path parameters by name; a parameter that is not given here is text. */
  readonly path?: Readonly<Record<string, DescribedParameter>>;
  readonly query?: Readonly<Record<string, DescribedParameter>>;
  /** Headers by name, except Authorization, which follows from the policy. */
  readonly headers?: Readonly<Record<string, DescribedParameter>>;
  readonly body?: DescribedContent;
  /** True if the body may be left out; it then counts as an empty object. */
  readonly bodyOptional?: boolean;
  /** Answers by status, except problems. */
  readonly answers: Readonly<Record<number, DescribedAnswer>>;
  /** Problem codes beyond those that follow from the policy and from a JSON body. */
  readonly problems?: readonly ProblemCode[];
}

/** Descriptions by handler, like the policies. */
const descriptions = new WeakMap<object, RouteDescription>();

/**
 * Describes a route to its callers. A service that publishes its interface does not start if a route lacks
 * this.
 */
export const Described =
  (description: RouteDescription): MethodDecorator =>
  (_target, _property, descriptor) => {
    descriptions.set(descriptor.value as object, description);
  };

export function descriptionOf(handler: object): RouteDescription | undefined {
  return descriptions.get(handler);
}

/** Describes a JSON body. */
export const json = (schema: Schema, example?: unknown): DescribedContent => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
});

/** Refers to a named schema of the document, as in `named('Request')`. */
export const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** Allows null beside the schema. */
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });

/**
 * Builds the schema of an answer, one line per field; the compiler demands every field of the view. The
 * schema is open, because a later version may add fields. `optional` names the fields that may be absent.
 */
export function answerSchema<View>(
  fields: { readonly [Name in keyof Required<View>]: Schema },
  optional: readonly (keyof View)[] = [],
): Schema {
  const required = Object.keys(fields).filter((name) => !optional.includes(name as keyof View));
  return { type: 'object', properties: fields, required };
}

/** Schemas that many answers use. */
export const ANY: Schema = {};
export const TEXT: Schema = { type: 'string' };
export const UUID: Schema = { type: 'string', format: 'uuid' };
/** Answers give moments in UTC, marked by a Z. */
export const MOMENT: Schema = { type: 'string', format: 'date-time', pattern: 'Z$' };
export const COUNT: Schema = { type: 'integer', minimum: 0 };
export const listOf = (items: Schema): Schema => ({ type: 'array', items });

export const IDEMPOTENCY_KEY: Readonly<Record<string, DescribedParameter>> = {
  'Idempotency-Key': {
    required: true,
    help: 'A key for this call, 1 to 128 visible ASCII characters. You may repeat the call safely with the same key.',
    schema: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[!-~]+$' },
  },
};
