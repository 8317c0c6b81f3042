import { describe, expect, it } from '@jest/globals';
import { Figures, todayInLondon } from './figures.ts';

describe('dated figures', () => {
  const fees = new Figures([
    { name: 'grant', from: '2020-01-01', value: 100, source: 'first' },
    { name: 'grant', from: '2025-02-05', value: 200, source: 'second' },
  ]);

  it('gives the figure that holds on the day', () => {
    expect(fees.on('grant', '2025-02-04')?.value).toBe(100);
    expect(fees.on('grant', '2025-02-05')?.value).toBe(200);
    expect(fees.valueOf('grant')()).toBe(200);
  });

  it('knows nothing of a day before the first figure, nor of a name that is not there', () => {
    expect(fees.on('grant', '2019-12-31')).toBeNull();
    expect(fees.on('variation', '2026-01-01')).toBeNull();
    expect(fees.valueOf('variation')()).toBeNull();
  });

  it('refuses two figures of one name for one day', () => {
    const twice = { name: 'grant', from: '2025-02-05', value: 1, source: '' };
    expect(() => new Figures([twice, twice])).toThrow('grant from 2025-02-05');
  });

  it('says the day in London, which is not always the day in UTC', () => {
    expect(todayInLondon(new Date('2026-07-01T23:30:00Z'))).toBe('2026-07-02');
    expect(todayInLondon(new Date('2026-01-01T23:30:00Z'))).toBe('2026-01-01');
  });
});
