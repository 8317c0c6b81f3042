import { SLUG_PATTERN, UNIT_SLUG_MAX, UUID_PATTERN } from '#kernel';

export const AN_ID = {
  max: 36,
  pattern: UUID_PATTERN,
  expected: 'an id as it was given out, such as 0198c2b4-5a1e-7c3d-9e2f-0a1b2c3d4e5f',
} as const;
export const A_TYPE = {
  max: 60,
  pattern: SLUG_PATTERN,
  expected: 'the name of a request type, such as vehicle-repair',
} as const;
export const A_UNIT = {
  max: UNIT_SLUG_MAX,
  pattern: SLUG_PATTERN,
  expected: 'the name of a unit, such as fleet',
} as const;
