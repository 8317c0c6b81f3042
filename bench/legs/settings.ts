/**
 * A force and a unit of the bench's own, on topics of their own: the legs run the product's code without meeting the services
 * that run beside them.
 */
export const LEGS_FORCE = { slug: 'benchshire', name: 'Benchshire', code: '99', sandbox: false } as const;
export const LEGS_UNIT = 'bench-fleet';
/** Whose definition, schema and agreement the unit has. */
export const LIKE_UNIT = 'fleet';
export const BATCH = 100;
