import { describe, expect, it } from '@jest/globals';
import type { Refusal } from '#contracts';
import { SharedCommits } from './shared-commits.ts';

interface Item {
  readonly name: string;
  readonly owner: string;
  readonly claims: readonly string[];
}
const item = (name: string, ...claims: string[]): Item => ({
  name,
  owner: 'north',
  claims: [name, ...claims],
});
const itemOf = (owner: string, name: string): Item => ({ name, owner, claims: [name] });

/** Shared commits whose batches end when the test says so. */
function commits({ heldMax = 100, batchMax = 100, busy = 1 } = {}) {
  const batches: {
    names: string[];
    end: (results?: readonly PromiseSettledResult<string>[]) => void;
    fail: (error: Error) => void;
  }[] = [];
  const shared = new SharedCommits<Item, string>({
    commit: (items) =>
      new Promise((resolve, reject) => {
        const names = items.map(({ name }) => name);
        const all = names.map((value): PromiseSettledResult<string> => ({ status: 'fulfilled', value }));
        batches.push({ names, end: (results = all) => resolve(results), fail: reject });
      }),
    claimsOf: ({ claims }) => claims,
    ownerOf: ({ owner }) => owner,
    heldMax,
    batchMax,
    busyness: () => busy,
  });
  return {
    shared,
    batches,
    turn: () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve))),
  };
}
const names = (batches: readonly { names: string[] }[]): string[][] => batches.map((batch) => batch.names);

describe('shared commits', () => {
  it('start at once when none is running, and put everything that arrived meanwhile together', async () => {
    const { shared, batches, turn } = commits();
    const first = shared.submit(item('a'));
    await turn();
    const others = ['b', 'c', 'd'].map((name) => shared.submit(item(name)));
    await turn();
    expect(names(batches)).toEqual([['a']]);
    batches[0]?.end();
    expect(await first).toBe('a');
    await turn();
    expect(names(batches)).toEqual([['a'], ['b', 'c', 'd']]);
    batches[1]?.end();
    expect(await Promise.all(others)).toEqual(['b', 'c', 'd']);
  });

  it('put items of the same turn together', async () => {
    const { shared, batches, turn } = commits();
    for (const name of ['a', 'b', 'c']) void shared.submit(item(name));
    await turn();
    expect(names(batches)).toEqual([['a', 'b', 'c']]);
  });

  it('hold a repeat until the first one is committed, and keep the items behind it in order', async () => {
    const { shared, batches, turn } = commits();
    void shared.submit(item('first', 'ref 1'));
    void shared.submit(item('repeat', 'ref 1', 'ref 2'));
    void shared.submit(item('behind the repeat', 'ref 2'));
    void shared.submit(item('other'));
    await turn();
    expect(names(batches)).toEqual([['first', 'other']]);
    batches[0]?.end();
    await turn();
    await turn();
    expect(names(batches).slice(1)).toEqual([['repeat']]);
    batches[1]?.end();
    await turn();
    await turn();
    expect(names(batches).slice(2)).toEqual([['behind the repeat']]);
  });

  it('run one at a time while the process is the limit, and three while it waits for the disk', async () => {
    for (const [busy, expected] of [
      [1, 1],
      [0.6, 2],
      [0.1, 3],
    ] as const) {
      const { shared, batches, turn } = commits({ busy });
      void shared.submit(item('warm-up'));
      await turn();
      batches[0]?.end();
      await turn();
      for (const name of ['a', 'b', 'c', 'd']) {
        void shared.submit(item(name));
        await turn();
      }
      expect(batches.length - 1).toBe(expected);
    }
  });

  it('refuse an item beyond the limit as busy, and accept it when there is room', async () => {
    const { shared, batches, turn } = commits({ heldMax: 2 });
    const held = [shared.submit(item('a')), shared.submit(item('b'))];
    await expect(shared.submit(item('c'))).rejects.toMatchObject({ code: 'busy' } satisfies Partial<Refusal>);
    await turn();
    batches[0]?.end();
    await Promise.all(held);
    const again = shared.submit(item('c'));
    await turn();
    batches[1]?.end();
    expect(await again).toBe('c');
  });

  it('never hold more items than a batch may have', async () => {
    const { shared, batches, turn } = commits({ batchMax: 2 });
    for (const name of ['a', 'b', 'c']) void shared.submit(item(name));
    await turn();
    batches[0]?.end();
    await turn();
    await turn();
    expect(names(batches)).toEqual([['a', 'b'], ['c']]);
  });

  it('give every owner its turn in a batch, however much one has sent before', async () => {
    const { shared, batches, turn } = commits({ batchMax: 4 });
    for (const name of ['flood 1', 'flood 2', 'flood 3', 'flood 4', 'flood 5'])
      void shared.submit(itemOf('north', name));
    for (const name of ['quiet 1', 'quiet 2']) void shared.submit(itemOf('south', name));
    await turn();
    expect(names(batches)).toEqual([['flood 1', 'quiet 1', 'flood 2', 'quiet 2']]);
    void shared.submit(itemOf('east', 'late'));
    batches[0]?.end();
    await turn();
    await turn();
    expect(names(batches)[1]?.toSorted()).toEqual(['flood 3', 'flood 4', 'flood 5', 'late']);
  });

  it('let no owner miss two batches in a row when there are more owners than a batch has room for', async () => {
    const { shared, batches, turn } = commits({ batchMax: 2 });
    for (const owner of ['a', 'b', 'c'])
      for (const number of [1, 2, 3]) void shared.submit(itemOf(owner, `${owner}${number}`));
    for (const place of [0, 1, 2]) {
      await turn();
      await turn();
      batches[place]?.end();
    }
    expect(names(batches).slice(0, 3)).toEqual([
      ['a1', 'b1'],
      ['b2', 'c1'],
      ['c2', 'a2'],
    ]);
  });

  it('refuse only the owner that has reached its limit, and keep room for the others', async () => {
    const { shared, batches, turn } = commits({ heldMax: 2 });
    const held = ['flood 1', 'flood 2'].map((name) => shared.submit(itemOf('north', name)));
    await expect(shared.submit(itemOf('north', 'flood 3'))).rejects.toMatchObject({
      code: 'busy',
    } satisfies Partial<Refusal>);
    const quiet = shared.submit(itemOf('south', 'quiet'));
    await turn();
    batches[0]?.end();
    expect(await Promise.all([...held, quiet])).toEqual(['flood 1', 'flood 2', 'quiet']);
  });

  it('fail one item alone, or all of a batch, and continue', async () => {
    const { shared, batches, turn } = commits();
    const [good, bad] = [shared.submit(item('good')), shared.submit(item('bad'))];
    await turn();
    batches[0]?.end([
      { status: 'fulfilled', value: 'good' },
      { status: 'rejected', reason: new Error('unfit') },
    ]);
    expect(await good).toBe('good');
    await expect(bad).rejects.toThrow('unfit');
    const lost = shared.submit(item('lost'));
    await turn();
    batches[1]?.fail(new Error('database away'));
    await expect(lost).rejects.toThrow('database away');
    const next = shared.submit(item('lost'));
    await turn();
    batches[2]?.end();
    expect(await next).toBe('lost');
  });

  it('are drained when no item is held', async () => {
    const { shared, batches, turn } = commits();
    await shared.drained();
    void shared.submit(item('a'));
    let drained = false;
    const waiting = shared.drained().then(() => (drained = true));
    await turn();
    expect(drained).toBe(false);
    batches[0]?.end();
    await waiting;
  });
});
