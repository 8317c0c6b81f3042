import type { RequestType } from './unit-definition.ts';

/** Each type in its newest version: what a submission that names no version is. */
export function newestTypes(types: readonly RequestType[]): RequestType[] {
  return types.filter(
    (type) => !types.some((other) => other.name === type.name && other.version > type.version),
  );
}
