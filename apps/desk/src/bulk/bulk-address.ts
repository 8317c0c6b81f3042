import { isUuid } from '#kernel';

/** The parts of a bulk change over several units: the id at each unit. */
export type BulkParts = ReadonlyMap<string, string>;

const UNIT = /^[a-z][a-z0-9-]{0,59}$/;

/** Writes the parts as one word of an address. */
export const writeParts = (parts: BulkParts): string =>
  [...parts].map(([unit, id]) => `${unit}:${id}`).join('~');

/** Reads the parts from an address; what is not one is left out. */
export function readParts(value: unknown): BulkParts {
  if (typeof value !== 'string') return new Map();
  return new Map(
    value.split('~').flatMap((part) => {
      const [unit = '', id = ''] = part.split(':');
      return UNIT.test(unit) && isUuid(id) ? [[unit, id] as const] : [];
    }),
  );
}

/** Reads the requests that were marked in a list, by unit. */
export function readMarked(value: unknown): ReadonlyMap<string, readonly string[]> {
  const marked = new Map<string, string[]>();
  if (typeof value !== 'string') return marked;
  for (const part of value.split('~')) {
    const [unit = '', reference = ''] = part.split('/');
    if (UNIT.test(unit) && /^[A-Z]{3}-\d{2}-\d{6,9}$/.test(reference))
      marked.set(unit, [...(marked.get(unit) ?? []), reference]);
  }
  return marked;
}
