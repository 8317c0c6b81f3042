import { describe, expect, it } from '@jest/globals';
import { backOffMs } from './back-off.ts';

const waits = (scatter?: number): number[] =>
  [0, 1, 2, 3, 4, 1_000_000].map((attempt) =>
    backOffMs(attempt, { firstMs: 100, maxMs: 1_000, ...(scatter !== undefined && { scatter }) }),
  );

describe('a back-off', () => {
  it('doubles from the first wait up to the longest, for any number of attempts', () => {
    expect(waits(0)).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('varies at random by a tenth in both directions, or by the given share', () => {
    const plain = waits(0);
    for (const [scatter, share] of [
      [undefined, 0.1],
      [0.5, 0.5],
    ] as const) {
      const drawn = Array.from({ length: 200 }, () => waits(scatter));
      for (const [attempt, wait] of plain.entries()) {
        const found = drawn.map((some) => some[attempt] as number);
        expect(Math.min(...found)).toBeGreaterThanOrEqual(wait * (1 - share) - 1);
        expect(Math.max(...found)).toBeLessThanOrEqual(wait * (1 + share) + 1);
        expect(new Set(found).size).toBeGreaterThan(1);
      }
    }
  });
});
