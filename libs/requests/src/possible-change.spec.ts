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
const published = (event: string, state: State, sequence: number) => ({
  event: `concordat.${event}.v1`,
  state,
  sequence,
});

describe('a change that a unit publishes', () => {
  it('is possible if the table of transitions leads to it, even if unpublished changes came before', () => {
    let seed = 20_260_601;
    const random = (below: number): number => {
      // Park and Miller's generator gives the same lives in every run.
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    let received = 0;
    for (let life = 0; life < 500; life += 1) {
      let now: KnownState & { state: State } = { state: 'queued', sequence: 1 };
      let known: KnownState = { state: null, sequence: 0 };
      const receive = (event: string): void => {
        expect(impossibleBecause(known, { event, ...now })).toBeUndefined();
        known = now;
        received += 1;
      };
      // Intake may miss the first event, because it does not receive an event that was refused.
      if (random(4) > 0) receive('concordat.request-queued.v1');
      for (let step = 0; step < 12; step += 1) {
        const open = TRANSITIONS.filter(({ from }) => (from as readonly State[]).includes(now.state));
        const line = open[random(open.length)];
        if (!line) break;
        now = { state: line.to === 'unchanged' ? now.state : line.to, sequence: now.sequence + 1 };
        if (line.published && random(5) > 0) receive(line.event);
      }
    }
    expect(received).toBeGreaterThan(2_000);
  });

  it('does not skip more numbers than a request can have', () => {
    const far = published('request-claimed', 'claimed', 1_000_000);
    expect(impossibleBecause(QUEUED, far)).toContain('at most 10000 can be missing');
    expect(impossibleBecause(QUEUED, { ...far, sequence: 1 + SEQUENCE_STEP_MAX })).toBeUndefined();
    // This event moves nothing, so its number is not judged.
    expect(
      impossibleBecause(QUEUED, { ...far, event: 'concordat.change-refused.v1', state: 'queued' }),
    ).toBeUndefined();
  });

  it('leads from the known state to its own in as many steps as its number allows', () => {
    expect(impossibleBecause(QUEUED, published('request-answered', 'answered', 2))).toContain(
      'does not follow from queued in 1 step.',
    );
    expect(impossibleBecause(QUEUED, published('request-answered', 'answered', 3))).toBeUndefined();
    expect(impossibleBecause(QUEUED, published('request-claimed', 'answered', 2))).toBeDefined();
    expect(
      impossibleBecause({ state: null, sequence: 0 }, published('request-claimed', 'claimed', 1)),
    ).toBeDefined();
  });

  it('never moves a withdrawn request, and moves a finished one only by reopening it', () => {
    for (const { event, to } of TRANSITIONS) {
      for (const state of to === 'unchanged' ? STATES : [to]) {
        const change = { event, state, sequence: 900 };
        expect(impossibleBecause({ state: 'withdrawn', sequence: 8 }, change)).toBeDefined();
        for (const finished of REOPENABLE) {
          const next = impossibleBecause({ state: finished, sequence: 8 }, { ...change, sequence: 9 });
          if (event === 'concordat.request-reopened.v1') expect(next).toBeUndefined();
          else expect(next).toBeDefined();
        }
      }
    }
  });

  it('is not judged if it is as old as the known state, because it moves nothing', () => {
    expect(
      impossibleBecause({ state: 'answered', sequence: 8 }, published('request-claimed', 'claimed', 8)),
    ).toBeUndefined();
  });

  it('may be a release from any claimed state after a restore, and a refusal in any state', () => {
    for (const state of ['claimed', 'held', 'waiting-for-force', 'awaiting-decision'] as const)
      expect(
        impossibleBecause({ state, sequence: 4 }, published('request-released', 'queued', 5)),
      ).toBeUndefined();
    for (const state of STATES)
      expect(
        impossibleBecause({ state, sequence: 4 }, published('change-refused', state, 6)),
      ).toBeUndefined();
  });
});
