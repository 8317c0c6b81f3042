/**
 * The names of forces, units and request types in topics, paths, tokens, database roles and row security
 * settings: lower-case letters, digits and hyphens, 2 to 41 characters.
 */
export const SLUG_PATTERN = '^[a-z][a-z0-9-]{1,40}$';
export const SLUG_MAX = 41;
/** PostgreSQL allows names of 63 bytes, and a unit's role adds `concordat_` and `_owner` to its name. */
export const UNIT_SLUG_MAX = 40;
/** A force's name is shorter than a unit's, because topics, roles and principals per force add more to it. */
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

/**
 * True for a name that a definition or the catalogue may introduce: no hyphen at its end, and no two in a
 * row.
 */
export function isKebabCase(value: unknown, lengthMax: number): value is string {
  return typeof value === 'string' && value.length <= lengthMax && KEBAB_CASE.test(value);
}
