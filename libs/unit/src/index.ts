export type * from './unit-definition.ts';
export { defineUnit, requestType } from './define-unit.ts';
export { loadUnitDefinitions } from './load-unit-definitions.ts';
export { answerRefused, hasHappened, isInOrder, neededWhen, refusedWhen } from './payload-rules.ts';
export * from './payload-rules.ts';
