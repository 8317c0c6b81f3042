import { describe, expect, it } from '@jest/globals';
import { isDatabaseUnavailable } from './database.ts';
import { FairTurns } from './fair-turns.ts';

const LONG_MS = 60_000;
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function lanes(places: number, waitMsMax = LONG_MS) {
  const turns = new FairTurns(places, waitMsMax);
  const served: string[] = [];
  const ask = (lane: string, name: string) => turns.take(lane).then(() => void served.push(name));
  return { turns, served, ask };
}

describe('places that are given in turn', () => {
  it('go to the only call of one lane before the second call of a busy lane', async () => {
    const { turns, served, ask } = lanes(1);
    for (const name of ['flood 1', 'flood 2', 'flood 3']) void ask('north', name);
    void ask('south', 'quiet');
    await settled();
    expect(served).toEqual(['flood 1']);
    for (let ended = 0; ended < 4; ended += 1) {
      turns.give();
      await settled();
    }
    expect(served).toEqual(['flood 1', 'flood 2', 'quiet', 'flood 3']);
  });

  it('are all free again after every caller has returned its place', async () => {
    const { turns, served, ask } = lanes(2);
    for (const name of ['a', 'b', 'c']) void ask('north', name);
    await settled();
    expect(served).toEqual(['a', 'b']);
    for (let ended = 0; ended < 3; ended += 1) turns.give();
    await settled();
    const last = ['d', 'e', 'f'].map((name) => ask('south', name));
    await settled();
    expect(served).toEqual(['a', 'b', 'c', 'd', 'e']);
    turns.give();
    await Promise.all(last);
    expect(served.at(-1)).toBe('f');
  });

  it('refuse a caller that waits too long, like a database that is not available, and lose no place', async () => {
    const { turns, served, ask } = lanes(1, 1);
    await ask('north', 'holds');
    const error: unknown = await ask('south', 'late').catch((reason: unknown) => reason);
    expect(isDatabaseUnavailable(error)).toBe(true);
    turns.give();
    await ask('south', 'again');
    expect(served).toEqual(['holds', 'again']);
  });
});
