import type { FieldError, PayloadCheck } from '#contracts';
import type { RequestType } from './unit-definition.ts';

/** Every fault of a payload: of its fields first; rules over several fields are asked only when each field is right. */
export function payloadFaults(type: RequestType, check: PayloadCheck, payload: Record<string, unknown>): FieldError[] {
  const faults = check.faults(payload);
  if (faults.length > 0 || !type.rules) return faults;
  return type.rules
    .filter((rule) => !rule.holds(payload))
    .map(({ code, pointer, detail }) => ({ pointer: `/payload${pointer}`, code, detail }));
}
