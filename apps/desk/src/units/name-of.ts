import type { UnitAnswer } from './unit-api.ts';

/**
 * The name of a person whom a request names by identifier. People who have not worked in the unit yet, and a
 * force's own people, keep their identifier.
 */
export function nameOf(unit: Pick<UnitAnswer, 'people'> | undefined, person: string): string {
  return unit?.people.find((one) => one.person === person)?.name ?? person;
}
