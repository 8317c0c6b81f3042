import type { Schema } from '../units/unit-api.ts';

/** A condition on another field of the form: it has the value, or it has not. */
export interface FieldCondition {
  readonly field: string;
  readonly value: string;
  readonly is: boolean;
}

/** When a field must be given, and when it must be left out. */
export interface FieldRules {
  readonly neededWhen: readonly FieldCondition[];
  readonly refusedWhen: readonly FieldCondition[];
}

/**
 * Reads the rules of an answer from its schema, by the field that they are about. A rule in another form than
 * the units publish is left out: the unit itself checks every rule when the answer comes.
 */
export function rulesOf({ allOf = [] }: Schema): ReadonlyMap<string, FieldRules> {
  const rules = new Map<string, FieldRules>();
  for (const { if: condition, then } of allOf) {
    const when = condition && conditionOf(condition);
    const needed = then && heldField(then);
    const refused = then?.not && heldField(then.not);
    const field = needed ?? refused;
    if (!when || field === undefined) continue;
    const known = rules.get(field) ?? { neededWhen: [], refusedWhen: [] };
    rules.set(
      field,
      needed === undefined
        ? { ...known, refusedWhen: [...known.refusedWhen, when] }
        : { ...known, neededWhen: [...known.neededWhen, when] },
    );
  }
  return rules;
}

/** The only field that a schema requires; undefined if it says anything else. */
const heldField = ({ required = [] }: Schema): string | undefined =>
  required.length === 1 ? required[0] : undefined;

function conditionOf(schema: Schema): FieldCondition | undefined {
  const inner = schema.not ?? schema;
  const field = heldField(inner);
  const value = field === undefined ? undefined : inner.properties?.[field]?.const;
  if (field === undefined || value === undefined) return undefined;
  return { field, value: formValue(value), is: schema.not === undefined };
}

/** A value as the form posts it. */
const formValue = (value: unknown): string =>
  value === true ? 'yes' : value === false ? 'no' : String(value);
