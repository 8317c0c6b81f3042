import { PayloadCheck } from '#contracts';
import type { RequestType } from './unit-definition.ts';

/** A request type with its checks compiled. */
export interface WorkedType {
  readonly type: RequestType;
  readonly payload: PayloadCheck;
  readonly answer: PayloadCheck;
  /** False for what is no longer declared and still has requests: see `undeclaredType`. */
  readonly declared: boolean;
}

class Nothing {}
const NOTHING = new PayloadCheck(Nothing);

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
 * Stands for a type, or a version of one, that was taken out of the definition while requests of it were
 * left: they are shown under the type's name and can be worked back to the force, and nothing is answered by
 * rules that nobody knows any more. Where only the declaration could tell, the more guarded is assumed:
 * reading is logged, a proposal can go back.
 */
export function undeclaredType(name: string, version: number): WorkedType {
  const type: RequestType = {
    name,
    version,
    title: name,
    payload: Nothing,
    answer: Nothing,
    clocks: [],
    decision: 'second-person-delegated',
    lawEnforcement: true,
    risk: 0,
    examples: [],
  };
  return { type, payload: NOTHING, answer: NOTHING, declared: false };
}
