import { describe, expect, it } from '@jest/globals';
import { DatedSettings, todayInLondon } from './dated-settings.ts';

describe('dated settings', () => {
  const fees = new DatedSettings([
    { name: 'grant', from: '2020-01-01', value: 100, source: 'first' },
    { name: 'grant', from: '2025-02-05', value: 200, source: 'second' },
  ]);

  it('give the setting that is valid on the day', () => {
    expect(fees.on('grant', '2025-02-04')?.value).toBe(100);
    expect(fees.on('grant', '2025-02-05')?.value).toBe(200);
    expect(fees.currentValueOf('grant')()).toBe(200);
  });

  it('have no value for a day before the first setting, or for a name that is not listed', () => {
    expect(fees.on('grant', '2019-12-31')).toBeNull();
    expect(fees.on('variation', '2026-01-01')).toBeNull();
    expect(fees.currentValueOf('variation')()).toBeNull();
  });

  it('refuse two settings of one name for the same day', () => {
    const twice = { name: 'grant', from: '2025-02-05', value: 1, source: '' };
    expect(() => new DatedSettings([twice, twice])).toThrow('grant from 2025-02-05');
  });

  it('count days in London, which are not always the days in UTC', () => {
    expect(todayInLondon(new Date('2026-07-01T23:30:00Z'))).toBe('2026-07-02');
    expect(todayInLondon(new Date('2026-01-01T23:30:00Z'))).toBe('2026-01-01');
  });
});
