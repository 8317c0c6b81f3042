import { Refusal } from '#contracts';
import { todayInLondon } from '#kernel';
import type { PayloadRule } from './unit-definition.ts';

type Payload = Readonly<Record<string, unknown>>;

/** How far ahead of ours a sender's clock may run before its moments are taken for the future: five minutes. */
const CLOCK_ALLOWANCE_MS = 300_000;

/** `NoticeServedAtHasHappened`: the field, an instant or a civil date, is not in the future. A field left out passes. */
export function hasHappened(field: string): PayloadRule {
  return {
    code: `${camel(field)}HasHappened`,
    pointer: `/${field}`,
    detail: `${field} must not be in the future`,
    holds: (payload) => {
      const value = payload[field];
      if (typeof value !== 'string') return true;
      return value.length === 10 ? value <= todayInLondon() : Date.parse(value) <= Date.now() + CLOCK_ALLOWANCE_MS;
    },
  };
}

/** The later field is not before the earlier one; both instants, or both civil dates. Passes when either is left out. */
export function isInOrder(earlier: string, later: string): PayloadRule {
  return {
    code: `${camel(later)}IsNotBefore${camel(earlier)}`,
    pointer: `/${later}`,
    detail: `${later} must not be before ${earlier}`,
    holds: (payload) => {
      const [from, until] = [payload[earlier], payload[later]];
      return typeof from !== 'string' || typeof until !== 'string' || Date.parse(from) <= Date.parse(until);
    },
  };
}

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

function camel(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1);
}
