import type { FieldError, Schema } from '#contracts';
import type { PayloadRule } from './unit-definition.ts';

type FieldOf<P> = keyof P & string;

/** The condition of a rule over several fields, in a form that JSON Schema can also express. */
export type Condition<P> = {
  readonly [F in FieldOf<P>]:
    | { readonly field: F; readonly is: P[F] & (string | boolean) }
    | { readonly field: F; readonly isNot: P[F] & (string | boolean) }
    | { readonly field: F; readonly given: boolean };
}[FieldOf<P>];

/** A rule: the field must be given if the condition holds. `code` and `detail` say why, as a sentence. */
export function neededWhen<P>(
  code: string,
  field: FieldOf<NoInfer<P>>,
  detail: string,
  condition: Condition<NoInfer<P>>,
): PayloadRule<P> {
  return {
    ...{ code, pointer: `/${field}`, detail, when: wordsOf(condition) },
    schema: { if: schemaOf(condition), then: holding(field, {}) },
    holds: (payload) => !applies(condition, payload) || payload[field] !== undefined,
  };
}

/** A rule: the field must be left out if the condition holds. */
export function refusedWhen<P>(
  code: string,
  field: FieldOf<NoInfer<P>>,
  detail: string,
  condition: Condition<NoInfer<P>>,
): PayloadRule<P> {
  return {
    ...{ code, pointer: `/${field}`, detail, when: wordsOf(condition) },
    schema: { if: schemaOf(condition), then: { not: holding(field, {}) } },
    holds: (payload) => !applies(condition, payload) || payload[field] === undefined,
  };
}

function applies<P>(condition: Condition<P>, payload: P): boolean {
  const value = payload[condition.field];
  if ('given' in condition) return (value !== undefined) === condition.given;
  return 'is' in condition ? value === condition.is : value !== condition.isNot;
}

function schemaOf<P>(condition: Condition<P>): Schema {
  const { field } = condition;
  if ('given' in condition) return condition.given ? holding(field, {}) : { not: holding(field, {}) };
  return 'is' in condition
    ? holding(field, { const: condition.is })
    : { not: holding(field, { const: condition.isNot }) };
}

/** Type and property are named again, because validators in strict mode refuse the schema without them. */
function holding(field: string, value: Schema): Schema {
  return { type: 'object', properties: { [field]: value }, required: [field] };
}

function wordsOf<P>(condition: Condition<P>): string {
  const { field } = condition;
  if ('given' in condition) return `when \`${field}\` is ${condition.given ? 'given' : 'left out'}`;
  return 'is' in condition
    ? `when \`${field}\` is ${String(condition.is)}`
    : `unless \`${field}\` is ${String(condition.isNot)}`;
}

/** A fault of an answer of the class `A`; staff see the field and the sentence. */
export function answerFault<A = object>(
  field: FieldOf<NoInfer<A>>,
  code: string,
  detail: string,
): FieldError {
  return { pointer: `/answer/${field}`, code, detail };
}
