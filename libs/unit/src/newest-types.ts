import type { RequestType } from './unit-definition.ts';

/** The newest version of each type, which applies to a submission without a version. */
export function newestTypes(types: readonly RequestType[]): RequestType[] {
  return types.filter(
    (type) => !types.some((other) => other.name === type.name && other.version > type.version),
  );
}
