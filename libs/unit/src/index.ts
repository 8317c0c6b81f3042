export type * from './unit-definition.ts';
