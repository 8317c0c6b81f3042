import { describe, expect, it } from '@jest/globals';
import { kafkaBoundsFrom } from './provision.ts';
import { quotaOf } from './quotas.ts';

describe('what a deployment bounds of what forces write', () => {
  it('is nothing until it is set', () => {
    for (const env of [{}, { CONCORDAT_KAFKA_QUOTAS: '', CONCORDAT_KAFKA_RETENTION_BYTES: ' ' }]) {
      const { quotas, requestsBytesMax } = kafkaBoundsFrom(env);
      expect([quotaOf(quotas, 'north'), requestsBytesMax]).toEqual([undefined, undefined]);
    }
  });

  it('is set by force, and for every other one', () => {
    const { quotas, requestsBytesMax } = kafkaBoundsFrom({
      CONCORDAT_KAFKA_QUOTAS: '*=1000000; north=250000',
      CONCORDAT_KAFKA_RETENTION_BYTES: '1073741824',
    });
    expect(['north', 'south'].map((force) => quotaOf(quotas, force))).toEqual([250_000, 1_000_000]);
    expect(requestsBytesMax).toBe(1_073_741_824);
  });

  it.each([
    ['CONCORDAT_KAFKA_QUOTAS', 'north'],
    ['CONCORDAT_KAFKA_QUOTAS', 'north=1'],
    ['CONCORDAT_KAFKA_QUOTAS', 'north=5000;north=6000'],
    ['CONCORDAT_KAFKA_RETENTION_BYTES', '1000'],
    ['CONCORDAT_KAFKA_RETENTION_BYTES', '1 GB'],
  ])('is refused by its name when it is nonsense: %s=%s', (name, value) => {
    expect(() => kafkaBoundsFrom({ [name]: value })).toThrow(name);
  });
});
