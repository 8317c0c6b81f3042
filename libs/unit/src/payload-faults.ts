import { momentFaults, type FieldError, type PayloadCheck } from '#contracts';
import type { RequestType } from './unit-definition.ts';

/**
 * Every fault of a payload: of its fields first; dates against now, and rules over several fields, only when
 * each field is right.
 */
export function payloadFaults(
  type: RequestType,
  check: PayloadCheck,
  payload: Record<string, unknown>,
): FieldError[] {
  const faults = check.faults(payload);
  if (faults.length > 0) return faults;
  const broken = (type.rules ?? []).filter((rule) => !rule.holds(payload));
  return [
    ...momentFaults(check.schema, payload, '/payload'),
    ...broken.map(({ code, pointer, detail }) => ({ pointer: `/payload${pointer}`, code, detail })),
  ];
}

/**
 * Every fault of an answer, in the same way; what else an answer must hold is for the unit's records to say.
 */
export function answerFaults(check: PayloadCheck, answer: unknown): FieldError[] {
  const faults = check.faults(answer, '/answer');
  return faults.length > 0 ? faults : momentFaults(check.schema, answer, '/answer');
}
