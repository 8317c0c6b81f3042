import { schemaOf, type Schema } from '#contracts';
import type { RequestType } from './unit-definition.ts';

/**
 * The schema of a type's payload as it is published: its fields, and its rules over several fields. A rule
 * that JSON Schema can say stands under `allOf`; each rule stands as a sentence under `x-rules` and in the
 * description.
 */
export function publishedSchema({ payload, rules = [] }: RequestType): Schema {
  const schema = schemaOf(payload);
  const inSchema = rules.flatMap((rule) => (rule.schema ? [rule.schema] : []));
  return {
    ...schema,
    ...(rules.length > 0 && {
      description: ['Rules over several fields:', ...rules.map((rule) => `- ${ruleSentence(rule)}`)].join(
        '\n',
      ),
      'x-rules': rules.map(({ code, pointer, detail }) => ({ code, pointer, detail })),
    }),
    ...(inSchema.length > 0 && { allOf: inSchema }),
  };
}

/** The schema of a type's answer. The unit's records may add to what staff give, so it is open. */
export function publishedAnswer({ answer, title }: RequestType): Schema {
  const { additionalProperties: _closed, ...schema } = schemaOf(answer);
  return {
    title: `Answer: ${title}`,
    description: 'The field `answer` of an answered request. The unit may add fields to it.',
    ...schema,
  };
}

/**
 * Writes a rule for the published schema. An example is: `offRoadSince`: Give the time since when the vehicle
 * has been off the road (when `offRoad` is true).
 */
export function ruleSentence({ pointer, detail, when }: NonNullable<RequestType['rules']>[number]): string {
  return `\`${pointer.slice(1)}\`: ${detail}${when === undefined ? '' : ` (${when})`}.`;
}
