import { momentFaults, type FieldError, type PayloadCheck } from '#contracts';
import type { RequestType } from './unit-definition.ts';

/**
 * Lists every fault of a payload. Dates are compared with now, and rules over several fields are checked,
 * only if each field alone is valid.
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

/** Lists every fault of an answer in the same way; the unit's records may find more. */
export function answerFaults(check: PayloadCheck, answer: unknown): FieldError[] {
  const faults = check.faults(answer, '/answer');
  return faults.length > 0 ? faults : momentFaults(check.schema, answer, '/answer');
}
