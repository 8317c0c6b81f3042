import { schemaOf, type Schema } from '#contracts';
import type { PayloadRule, RequestType } from './unit-definition.ts';

/**
 * The published schema of a type's payload: its fields, and its rules over several fields. A rule that JSON
 * Schema can express is under `allOf`; each rule is a sentence under `x-rules` and in the description.
 */
export function publishedSchema({ payload, rules = [] }: RequestType): Schema {
  return withRules(schemaOf(payload), rules);
}

/** The schema of what staff give as an answer. It is closed, and has its rules like that of a payload. */
export function staffAnswerSchema({ answer, answerRules = [], title }: RequestType): Schema {
  return { title, ...withRules(schemaOf(answer), answerRules) };
}

function withRules(schema: Schema, rules: readonly PayloadRule[]): Schema {
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

/** The schema of a type's answer. It is open, because the unit's records may add fields. */
export function publishedAnswer({ answer, title }: RequestType): Schema {
  const { additionalProperties: _closed, ...schema } = schemaOf(answer);
  return {
    title: `Answer: ${title}`,
    description: 'The field `answer` of an answered request. The unit may add fields to it.',
    ...schema,
  };
}

/**
 * The sentence of a rule, such as: `offRoadSince`: Say since when the vehicle is off the road (when `offRoad`
 * is true).
 */
export function ruleSentence({ pointer, detail, when }: PayloadRule): string {
  return `\`${pointer.slice(1)}\`: ${detail}${when === undefined ? '' : ` (${when})`}.`;
}
