import { describe, expect, it } from '@jest/globals';
import { halving } from './halving.ts';

const items = Array.from({ length: 16 }, (_, place) => place);

/** Work that fails for each batch with a bad item in it; notes the batches it was given. */
function workWith(...bad: number[]) {
  const runs: (readonly number[])[] = [];
  return {
    runs,
    work: async (some: readonly number[]): Promise<string[]> => {
      runs.push(some);
      if (some.some((item) => bad.includes(item))) throw new Error('bad');
      return some.map((item) => `did ${item}`);
    },
  };
}

describe('halving', () => {
  it('processes all items in one run when none has a fault', async () => {
    const { runs, work } = workWith();
    expect(await halving(items, work, () => [])).toEqual(items.map((item) => `did ${item}`));
    expect(runs).toEqual([items]);
  });

  it('isolates the item with a fault, keeps the order, and needs about twice the logarithm in runs', async () => {
    const { runs, work } = workWith(5);
    const results = await halving(items, work, (error, some) =>
      some.length === 1 ? [`${(error as Error).message} ${String(some[0])}`] : undefined,
    );
    expect(results).toEqual(items.map((item) => (item === 5 ? 'bad 5' : `did ${item}`)));
    expect(runs).toHaveLength(1 + 2 * Math.log2(items.length));
  });

  it('keeps the results of one half when the other half is settled as a whole', async () => {
    const { work } = workWith(12);
    const settle = (_: unknown, some: readonly number[]) =>
      some.length > 8 ? undefined : some.map((item) => `gave up ${item}`);
    expect(await halving(items, work, settle)).toEqual(
      items.map((item) => (item < 8 ? `did ${item}` : `gave up ${item}`)),
    );
  });

  it('throws the fault of an item that is not settled, and a fault that is thrown again', async () => {
    const { work } = workWith(5);
    await expect(halving(items, work, () => undefined)).rejects.toThrow('bad');
    await expect(
      halving(items, work, () => {
        throw new Error('away');
      }),
    ).rejects.toThrow('away');
  });
});
