/**
 * The benchmark's own force and unit have their own topics, so that the legs run the product's code without
 * touching the running services.
 */
export const LEGS_FORCE = { slug: 'benchshire', name: 'Benchshire', code: '99', sandbox: false } as const;
export const LEGS_UNIT = 'bench-fleet';
/** The unit of the benchmark has the definition, the schema and the agreement of this unit. */
export const MODEL_UNIT = 'fleet';
export const BATCH = 100;
