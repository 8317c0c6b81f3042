import { describe, expect, it } from '@jest/globals';
import { mapInTurns } from './in-turns.ts';

describe('work in turns', () => {
  it('keeps the order of its items and lets others have their turn between long ones', async () => {
    let turns = 0;
    const others = setInterval(() => (turns += 1), 1);
    const long = (item: number): number => {
      const until = performance.now() + 12;
      while (performance.now() < until);
      return item * 2;
    };
    const seen: number[] = [];
    const results = await mapInTurns([1, 2, 3, 4], (item) => {
      seen.push(turns);
      return long(item);
    });
    clearInterval(others);
    expect(results).toEqual([2, 4, 6, 8]);
    expect(seen.at(-1)).toBeGreaterThanOrEqual(2);
  });

  it('ends with the first fault of its work', async () => {
    await expect(
      mapInTurns([1, 2], () => {
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
  });
});
