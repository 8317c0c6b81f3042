import { PayloadCheck } from '#contracts';
import type { RequestType } from './unit-definition.ts';

/** A request type with its checks compiled. */
export interface WorkedType {
  readonly type: RequestType;
  readonly payload: PayloadCheck;
  readonly answer: PayloadCheck;
  /** False for a type that is no longer declared and still has requests: see `undeclaredType`. */
  readonly declared: boolean;
}

class NoFields {}
const NO_FIELDS = new PayloadCheck(NoFields);

export function workedType(type: RequestType): WorkedType {
  const [payloads, answers] = [
    type.examples.map(({ payload }) => payload),
    type.examples.map(({ answer }) => answer),
  ];
  return {
    type,
    payload: new PayloadCheck(type.payload, payloads),
    answer: new PayloadCheck(type.answer, answers),
    declared: true,
  };
}

/**
 * Replaces a type, or a version of one, that was removed from the definition while it had requests. They are
 * shown under the type's name and can be declined, but not answered, because their rules are no longer known.
 * The careful values are assumed: reading is logged, and a proposal can be returned.
 */
export function undeclaredType(name: string, version: number): WorkedType {
  const type: RequestType = {
    name,
    version,
    title: name,
    subject: () => [],
    payload: NoFields,
    answer: NoFields,
    clocks: [],
    decision: 'second-person-delegated',
    lawEnforcement: true,
    risk: 0,
    examples: [],
  };
  return { type, payload: NO_FIELDS, answer: NO_FIELDS, declared: false };
}
