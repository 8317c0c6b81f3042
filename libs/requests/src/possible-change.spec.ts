import { describe, expect, it } from '@jest/globals';
import {
  impossibleBecause,
  REOPENABLE,
  SEQUENCE_STEP_MAX,
  STATES,
  TRANSITIONS,
  type KnownState,
  type State,
} from './index.ts';

const QUEUED: KnownState = { state: 'queued', sequence: 1 };
const said = (event: string, state: State, sequence: number) => ({
  event: `concordat.${event}.v1`,
  state,
  sequence,
});

describe('a change that a unit tells', () => {
  it('is possible wherever the table of transitions leads, with what a force is not told of left out', () => {
    let seed = 20_260_601;
    const random = (below: number): number => {
      // Park and Miller's generator: the same lives in every run.
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    let heard = 0;
    for (let life = 0; life < 500; life += 1) {
      let now: KnownState & { state: State } = { state: 'queued', sequence: 1 };
      let known: KnownState = { state: null, sequence: 0 };
      const hear = (event: string): void => {
        expect(impossibleBecause(known, { event, ...now })).toBeUndefined();
        known = now;
        heard += 1;
      };
      // The force hears of the beginning, or only of what comes later: an event that was refused is not heard.
      if (random(4) > 0) hear('concordat.request-queued.v1');
      for (let step = 0; step < 12; step += 1) {
        const open = TRANSITIONS.filter(({ from }) => (from as readonly State[]).includes(now.state));
        const line = open[random(open.length)];
        if (!line) break;
        now = { state: line.to === 'unchanged' ? now.state : line.to, sequence: now.sequence + 1 };
        if (line.published && random(5) > 0) hear(line.event);
      }
    }
    expect(heard).toBeGreaterThan(2_000);
  });

  it('does not jump', () => {
    const far = said('request-claimed', 'claimed', 1_000_000);
    expect(impossibleBecause(QUEUED, far)).toContain('more than 10000 cannot be missing');
    expect(impossibleBecause(QUEUED, { ...far, sequence: 1 + SEQUENCE_STEP_MAX })).toBeUndefined();
    // It moves nothing, so nothing can jump by it.
    expect(
      impossibleBecause(QUEUED, { ...far, event: 'concordat.change-refused.v1', state: 'queued' }),
    ).toBeUndefined();
  });

  it('leads from what is known to what it says, in as many steps as its number leaves', () => {
    expect(impossibleBecause(QUEUED, said('request-answered', 'answered', 2))).toContain(
      'does not follow from queued in 1 step.',
    );
    expect(impossibleBecause(QUEUED, said('request-answered', 'answered', 3))).toBeUndefined();
    expect(impossibleBecause(QUEUED, said('request-claimed', 'answered', 2))).toBeDefined();
    expect(
      impossibleBecause({ state: null, sequence: 0 }, said('request-claimed', 'claimed', 1)),
    ).toBeDefined();
  });

  it('leaves a withdrawn request as it is, and a finished one by its reopening alone', () => {
    for (const { event, to } of TRANSITIONS) {
      for (const state of to === 'unchanged' ? STATES : [to]) {
        const told = { event, state, sequence: 900 };
        expect(impossibleBecause({ state: 'withdrawn', sequence: 8 }, told)).toBeDefined();
        for (const finished of REOPENABLE) {
          const next = impossibleBecause({ state: finished, sequence: 8 }, { ...told, sequence: 9 });
          if (event === 'concordat.request-reopened.v1') expect(next).toBeUndefined();
          else expect(next).toBeDefined();
        }
      }
    }
  });

  it('is not judged when it is as old as what is known: it moves nothing', () => {
    expect(
      impossibleBecause({ state: 'answered', sequence: 8 }, said('request-claimed', 'claimed', 8)),
    ).toBeUndefined();
  });

  it('may be a release from any taken state after a restore, and a refusal beside any state', () => {
    for (const state of ['claimed', 'held', 'waiting-for-force', 'awaiting-decision'] as const)
      expect(
        impossibleBecause({ state, sequence: 4 }, said('request-released', 'queued', 5)),
      ).toBeUndefined();
    for (const state of STATES)
      expect(impossibleBecause({ state, sequence: 4 }, said('change-refused', state, 6))).toBeUndefined();
  });
});
