import { describe, expect, it } from '@jest/globals';
import { SharedDeliveries } from './shared-deliveries.ts';
import { SharedRun } from './shared-run.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/** Transactions that end when the test says so. */
function transactions({ batchMax = 100, isTransient = false } = {}) {
  const under: { items: string[]; end: () => void; fail: (error: Error) => void }[] = [];
  const deliveries = new SharedDeliveries<string>({
    handle: (batch) =>
      new Promise((resolve, reject) => under.push({ items: [...batch], end: resolve, fail: reject })),
    isTransient: () => isTransient,
    batchMax,
  });
  return { deliveries, under, seen: () => under.map(({ items }) => items) };
}

describe('what partitions bring', () => {
  it('has its effect together when it comes together, and in the order of each partition', async () => {
    const { deliveries, under, seen } = transactions();
    const done = [deliveries.handle(['a1', 'a2']), deliveries.handle(['b1'])];
    await turn();
    expect(seen()).toEqual([['a1', 'a2', 'b1']]);
    under[0]?.end();
    expect(await Promise.all(done)).toEqual([undefined, undefined]);
  });

  it('is two transactions at once at most, each as long as it may be; what comes meanwhile gathers', async () => {
    const { deliveries, under, seen } = transactions({ batchMax: 3 });
    for (const items of [['a1', 'a2'], ['b1'], ['c1', 'c2'], ['d1'], ['e1']]) void deliveries.handle(items);
    await turn();
    expect(seen()).toEqual([
      ['a1', 'a2', 'b1'],
      ['c1', 'c2', 'd1'],
    ]);
    void deliveries.handle(['f1', 'f2']);
    await turn();
    expect(under).toHaveLength(2);
    under[1]?.end();
    await turn();
    expect(seen()[2]).toEqual(['e1', 'f1', 'f2']);
  });

  it('takes a batch that is longer than the bound alone', async () => {
    const { deliveries, seen } = transactions({ batchMax: 2 });
    void deliveries.handle(['a1', 'a2', 'a3']);
    void deliveries.handle(['b1']);
    await turn();
    expect(seen()).toEqual([['a1', 'a2', 'a3'], ['b1']]);
  });

  it('fails for the partition at fault alone', async () => {
    const { deliveries, under, seen } = transactions();
    const [good, bad] = [deliveries.handle(['good']), deliveries.handle(['bad'])];
    const refused = expect(bad).rejects.toThrow('unfit');
    await turn();
    under[0]?.fail(new Error('unfit'));
    await turn();
    expect(seen().slice(1)).toEqual([['good']]);
    under[1]?.end();
    await good;
    await turn();
    expect(seen().slice(2)).toEqual([['bad']]);
    under[2]?.fail(new Error('unfit'));
    await refused;
  });

  it('waits for the database in all partitions alike, without a try of each', async () => {
    const { deliveries, under } = transactions({ isTransient: true });
    const both = Promise.allSettled([deliveries.handle(['a1']), deliveries.handle(['b1'])]);
    await turn();
    under[0]?.fail(new Error('away'));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(under).toHaveLength(1);
  });
});

describe('work that callers share', () => {
  it('runs once for those who call together, and again for who calls while it runs', async () => {
    const shared = new SharedRun();
    const ends: (() => void)[] = [];
    const work = (): Promise<void> => new Promise((resolve) => ends.push(resolve));
    const together = [shared.run(work), shared.run(work)];
    await turn();
    expect(ends).toHaveLength(1);
    const later = [shared.run(work), shared.run(work)];
    await turn();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await Promise.all(together);
    await turn();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await Promise.all(later);
  });

  it('tells its failure to those who shared it, and runs again for the next', async () => {
    const shared = new SharedRun();
    const refuse = async (): Promise<void> => Promise.reject(new Error('no coordinator'));
    const failed = await Promise.allSettled([shared.run(refuse), shared.run(refuse)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await shared.run(async () => undefined);
  });
});
