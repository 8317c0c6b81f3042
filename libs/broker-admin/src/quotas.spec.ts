import { describe, expect, it } from '@jest/globals';
import { kafkaLimitsFrom } from './provision.ts';
import { quotaOf } from './quotas.ts';

describe('the limits of a deployment on what forces write', () => {
  it('are off until they are set', () => {
    for (const env of [{}, { CONCORDAT_KAFKA_QUOTAS: '', CONCORDAT_KAFKA_RETENTION_BYTES: ' ' }]) {
      const { quotas, requestsBytesMax } = kafkaLimitsFrom(env);
      expect([quotaOf(quotas, 'north'), requestsBytesMax]).toEqual([undefined, undefined]);
    }
  });

  it('are set for a force, or for all other forces', () => {
    const { quotas, requestsBytesMax } = kafkaLimitsFrom({
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
  ])('are refused by name if they are not valid: %s=%s', (name, value) => {
    expect(() => kafkaLimitsFrom({ [name]: value })).toThrow(name);
  });
});
