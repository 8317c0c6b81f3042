/**
 * The names of forces, units and request types as they stand in topics, paths, tokens, database roles and row security
 * settings: lower-case letters, digits and hyphens, 2 to 41 characters.
 */
export const SLUG_PATTERN = '^[a-z][a-z0-9-]{1,40}$';
export const SLUG_MAX = 41;
/** PostgreSQL takes names of 63 bytes, and `concordat_` and `_owner` stand around a unit's. */
export const UNIT_SLUG_MAX = 40;
/** A force's name stands in longer ones than a unit's: topics, roles and principals per force. */
export const FORCE_SLUG_MAX = 31;
/** The names of clocks and of the milestones that end them. */
export const CLOCK_NAME_PATTERN = '^[a-z][a-z0-9-]{0,59}$';

const SLUG = new RegExp(SLUG_PATTERN);
const KEBAB_CASE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** True for a name that may be read: from a token, a message or a setting. */
export function isSlug(value: string): boolean;
export function isSlug(value: unknown): value is string;
export function isSlug(value: unknown): boolean {
  return typeof value === 'string' && SLUG.test(value);
}

/** True for a name that a definition or the catalogue may introduce: no hyphen at its end, and no two in a row. */
export function isKebabCase(value: unknown, lengthMax: number): value is string {
  return typeof value === 'string' && value.length <= lengthMax && KEBAB_CASE.test(value);
}
