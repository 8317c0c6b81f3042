import { Refusal } from '#contracts';
import type { PayloadRule } from './unit-definition.ts';

type Payload = Readonly<Record<string, unknown>>;

/** The field must be given when the condition holds. `code` and `detail` say why, as a sentence. */
export function neededWhen(code: string, field: string, detail: string, condition: (payload: Payload) => boolean): PayloadRule {
  return { code, pointer: `/${field}`, detail, holds: (payload) => !condition(payload) || payload[field] !== undefined };
}

/** The field must be left out when the condition holds. */
export function refusedWhen(code: string, field: string, detail: string, condition: (payload: Payload) => boolean): PayloadRule {
  return { code, pointer: `/${field}`, detail, holds: (payload) => !condition(payload) || payload[field] === undefined };
}

/** What a record hook throws when the answer does not fit the record: the caller sees the field and the sentence. */
export function answerRefused(field: string, code: string, detail: string): Refusal {
  return new Refusal('invalid-payload', detail, { errors: [{ pointer: `/answer/${field}`, code, detail }] });
}
