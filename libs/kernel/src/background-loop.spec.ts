import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BackgroundLoop } from './background-loop.ts';

const REST_MS = 1_000;
const AFTER_FAULT_MS = 500;

describe('a background loop', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** A loop whose turns are noted; `work` is what a turn does. */
  function loopOf(work: (turn: number) => Promise<number> | number = () => REST_MS) {
    const turns: boolean[] = [];
    const faults: unknown[] = [];
    const loop = new BackgroundLoop({
      turn: async (nudged) => work(turns.push(nudged)),
      failed: (error) => {
        faults.push(error);
        return AFTER_FAULT_MS;
      },
    });
    return { loop, turns, faults };
  }
  const passes = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('rests between turns, can begin later, and begins only once', async () => {
    const { loop, turns } = loopOf();
    loop.start(200);
    loop.start();
    await passes(199);
    expect(turns).toEqual([]);
    await passes(1);
    expect(turns).toEqual([false]);
    await passes(REST_MS);
    expect(turns).toEqual([false, false]);
    await loop.stop();
  });

  it('continues at once after a turn that asks for no rest', async () => {
    const { loop, turns } = loopOf((turn) => (turn < 3 ? 0 : REST_MS));
    loop.start();
    await passes(0);
    expect(turns).toHaveLength(3);
    await loop.stop();
  });

  it('ends a rest when nudged, and keeps a nudge that comes during a turn', async () => {
    const inHand = Promise.withResolvers<number>();
    const { loop, turns } = loopOf((turn) => (turn === 2 ? inHand.promise : REST_MS));
    loop.start();
    await passes(0);
    loop.nudge();
    await passes(0);
    expect(turns).toEqual([false, true]);
    loop.nudge();
    inHand.resolve(REST_MS);
    await passes(0);
    expect(turns).toEqual([false, true, true]);
    await loop.stop();
  });

  it('waits after a fault however often it is nudged, and then continues', async () => {
    const { loop, turns, faults } = loopOf((turn) => {
      if (turn === 1) throw new Error('away');
      return REST_MS;
    });
    loop.start();
    await passes(0);
    loop.nudge();
    await passes(AFTER_FAULT_MS - 1);
    expect(turns).toHaveLength(1);
    await passes(1);
    expect(turns.length).toBeGreaterThan(1);
    expect(faults).toEqual([new Error('away')]);
    await loop.stop();
  });

  it('stops at once during a rest, during a wait after a fault, and before its first turn', async () => {
    const resting = loopOf();
    const waiting = loopOf(() => {
      throw new Error('away');
    });
    const unbegun = loopOf();
    resting.loop.start();
    waiting.loop.start();
    unbegun.loop.start(REST_MS);
    await passes(0);
    await Promise.all([resting.loop.stop(), waiting.loop.stop(), unbegun.loop.stop()]);
    expect([resting.turns, waiting.turns, unbegun.turns].map(({ length }) => length)).toEqual([1, 1, 0]);
    await loopOf().loop.stop();
  });

  it('waits for the running turn when it stops, and begins no other', async () => {
    const inHand = Promise.withResolvers<number>();
    const { loop, turns } = loopOf(() => inHand.promise);
    loop.start();
    await passes(0);
    let stopped = false;
    const stopping = loop.stop().then(() => (stopped = true));
    await passes(REST_MS);
    expect([stopped, loop.isStopping]).toEqual([false, true]);
    inHand.resolve(0);
    await stopping;
    expect(turns).toHaveLength(1);
  });
});
