import { describe, expect, it } from '@jest/globals';
import { Refusal } from '#contracts';
import type { HttpReply } from '#web';
import { ReadShares } from './read-shares.ts';

const replyTo = (destroyed = false): HttpReply => ({ raw: { destroyed } }) as HttpReply;

const LONG_MS = 60_000;
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function sharesOf(rowsAtOnce: number, waitMsMax = LONG_MS) {
  const shares = new ReadShares(rowsAtOnce, waitMsMax);
  const running = new Map<string, () => void>();
  const read = (force: string, rows: number, name: string): Promise<string> =>
    shares.read(force, rows, replyTo(), async () => {
      await new Promise<void>((resolve) => running.set(name, resolve));
      running.delete(name);
      return name;
    });
  return {
    read,
    shares,
    running: async (): Promise<string[]> => {
      await settled();
      return [...running.keys()];
    },
    end: (name: string): void => running.get(name)?.(),
  };
}

describe('the share of a force in reading', () => {
  it('makes further reads of the same force wait, and no read of another force', async () => {
    const { read, running, end } = sharesOf(1_000);
    const greedy = ['first', 'second', 'third'].map((name) => read('north', 1_000, name));
    void read('south', 1_000, 'quiet');
    expect(await running()).toEqual(['first', 'quiet']);
    end('first');
    expect(await running()).toEqual(['quiet', 'second']);
    end('second');
    expect(await running()).toEqual(['quiet', 'third']);
    end('third');
    expect(await Promise.all(greedy)).toEqual(['first', 'second', 'third']);
  });

  it('counts rows: ten small pages run where one large page runs alone', async () => {
    const { read, running, end } = sharesOf(1_000);
    for (let page = 0; page < 10; page += 1) void read('north', 100, `small ${page}`);
    void read('north', 1_000, 'large');
    void read('north', 1, 'behind');
    expect(await running()).toHaveLength(10);
    for (let page = 0; page < 9; page += 1) end(`small ${page}`);
    expect(await running()).toEqual(['small 9']);
    end('small 9');
    expect(await running()).toEqual(['large']);
    end('large');
    expect(await running()).toEqual(['behind']);
  });

  it('admits a read that is larger than the share, or that reads all rows: it runs alone', async () => {
    const { read, shares, running, end } = sharesOf(100);
    void read('north', 1_000, 'larger');
    expect(await running()).toEqual(['larger']);
    let counted = false;
    void shares.readAll('north', replyTo(), async () => void (counted = true));
    await settled();
    expect(counted).toBe(false);
    end('larger');
    await settled();
    expect(counted).toBe(true);
  });

  it('is released by work that fails', async () => {
    const { shares, read, running } = sharesOf(10);
    await expect(
      shares.read('north', 10, replyTo(), () => Promise.reject(new Error('failed'))),
    ).rejects.toThrow('failed');
    void read('north', 10, 'next');
    expect(await running()).toEqual(['next']);
  });

  it('reads nothing for a client that closed its connection', async () => {
    const { shares } = sharesOf(10);
    let looked = false;
    await expect(shares.read('north', 10, replyTo(true), async () => void (looked = true))).rejects.toThrow(
      'closed before',
    );
    expect(looked).toBe(false);
  });

  it('refuses a read that waits too long, says why, and lets the reads behind it continue', async () => {
    const { read, running, end } = sharesOf(10, 1);
    void read('north', 5, 'first');
    const late: unknown = await read('north', 10, 'late').catch((reason: unknown) => reason);
    expect(late).toBeInstanceOf(Refusal);
    expect((late as Refusal).problem).toMatchObject({ code: 'busy', status: 503, kind: 'system' });
    expect((late as Refusal).problem.detail).toContain('can read 10 rows at once');
    void read('north', 5, 'behind');
    expect(await running()).toEqual(['first', 'behind']);
    end('first');
    end('behind');
    expect(await running()).toEqual([]);
  });
});
