import { describe, expect, it } from '@jest/globals';
import { WorkingCalendar } from '#kernel';
import { beginLife, decide, evolve } from './index.ts';
import type { Actor, ClockDefinition, Command, DecisionMode, RequestChange, RequestLife } from './index.ts';

const calendar = new WorkingCalendar();
const HOURS: Omit<ClockDefinition, 'name' | 'metBy'> = {
  title: 'Within a day',
  kind: 'elapsed-hours',
  amount: 24,
  pausable: true,
  source: 'of this test',
};
const CLOCKS: readonly ClockDefinition[] = [
  { ...HOURS, name: 'first-look', metBy: 'claimed' },
  { ...HOURS, name: 'made-safe', metBy: { milestone: 'made-safe' } },
  { ...HOURS, name: 'answer', metBy: 'answered' },
];
const reopening = { withinDays: 28, clocks: ['answer'], source: 'of this test' };
const at = (time: string): Date => new Date(`2026-03-02T${time}Z`);

const ME: Actor = { role: 'caseworker', person: 'me' };
const OTHER: Actor = { role: 'caseworker', person: 'other' };
const DECIDER: Actor = { role: 'decision-maker', person: 'decider' };
const FORCE: Actor = { role: 'force' };

interface Step extends Partial<Omit<RequestChange, 'to' | 'at'>> {
  readonly command: Command;
  readonly by?: Actor;
  readonly at: string;
}

/**
 * The request after these steps, which must all be allowed; each is decided on the result of the one before.
 */
function given(steps: readonly Step[], mode: DecisionMode = 'one-person') {
  let life: RequestLife = beginLife(CLOCKS, {}, at('09:00:00'), calendar);
  let hands: { assignee: string | null; proposer: string | null } = { assignee: null, proposer: null };
  for (const { command, by = ME, at: time, ...detail } of steps) {
    const decision = decide({ ...life, ...hands }, command, mode, by);
    if (!decision.ok) throw new Error(decision.why);
    life = evolve(life, { ...detail, to: decision.to, at: at(time) }, { calendar, reopening });
    if (command === 'claim') hands = { ...hands, assignee: by.person ?? null };
    if (command === 'propose') hands = { ...hands, proposer: by.person ?? null };
  }
  const when = (command: Command, by: Actor) => decide({ ...life, ...hands }, command, mode, by);
  return { life, when };
}

const claim: Step = { command: 'claim', at: '10:00:00' };
const ask: Step = { command: 'ask', at: '11:00:00', question: 'Which bay?' };
const hold: Step = { command: 'hold', at: '11:00:00', reason: 'Part on order' };
const decline: Step = { command: 'decline', at: '12:00:00', reason: 'Not ours' };

describe('given a request, when somebody acts on it, then', () => {
  it('a claim meets the clock that waits for it', () => {
    const { life } = given([claim]);
    expect(life).toMatchObject({ state: 'claimed', version: 2, question: null, reason: null });
    expect(life.clocks.map(({ metAt }) => metAt)).toEqual([at('10:00:00').toISOString(), null, null]);
  });

  it('only the person who claimed it may hold it', () => {
    expect(given([claim]).when('hold', ME)).toMatchObject({ ok: true, to: 'held' });
    expect(given([claim]).when('hold', OTHER)).toMatchObject({ ok: false, code: 'not-the-assignee' });
  });

  it('the proposer may not decide, and the force may not do the work of staff', () => {
    const { when } = given([claim, { command: 'propose', at: '11:00:00' }], 'second-person');
    expect(when('confirm', { ...DECIDER, person: 'me' })).toMatchObject({ code: 'proposer-may-not-decide' });
    expect(when('confirm', DECIDER)).toMatchObject({ ok: true, to: 'answered' });
    expect(when('hold', FORCE)).toMatchObject({ ok: false, code: 'not-for-this-role' });
  });

  it('a delegated decision needs the delegation', () => {
    const { when } = given([claim, { command: 'propose', at: '11:00:00' }], 'second-person-delegated');
    expect(when('confirm', DECIDER)).toMatchObject({ ok: false, code: 'no-delegated-authority' });
    expect(when('confirm', { ...DECIDER, isDelegate: true })).toMatchObject({ ok: true });
  });

  it('a question is open under the version that asked it until the reply, and clocks pause meanwhile', () => {
    const milestone: Step = { command: 'milestone', at: '12:00:00', milestone: 'made-safe' };
    const { life } = given([claim, ask, milestone]);
    expect(life).toMatchObject({ version: 4, question: { text: 'Which bay?', version: 3 } });
    expect(life.clocks[1]?.metAt).toBe(at('12:00:00').toISOString());
    expect(life.clocks[2]).toMatchObject({ pausedAt: at('11:00:00').toISOString(), dueAt: null });
    const replied = given([claim, ask, milestone, { command: 'reply', by: FORCE, at: '13:00:00' }]).life;
    expect(replied).toMatchObject({ state: 'claimed', question: null });
    // The clock was paused for two of its 24 hours.
    expect(replied.clocks[2]?.dueAt).toBe('2026-03-03T11:00:00.000Z');
  });

  it('the reason for a hold stays until the hold ends, even if the force sends a correction meanwhile', () => {
    const correct: Step = { command: 'correct', by: FORCE, at: '12:00:00', reason: 'Misread' };
    expect(given([claim, hold, correct]).life).toMatchObject({ state: 'held', reason: 'Part on order' });
    const resume: Step = { command: 'resume', at: '13:00:00' };
    expect(given([claim, hold, correct, resume]).life).toMatchObject({ state: 'claimed', reason: null });
  });

  it('an answer or a decline names the last day to reopen it; reopened, its clocks start again', () => {
    const { life } = given([claim, decline]);
    expect(life).toMatchObject({ state: 'declined', reason: 'Not ours', reopenUntil: '2026-03-30' });
    expect(life.clocks.every(({ metAt }) => metAt !== null)).toBe(true);
    const { clocks } = beginLife(CLOCKS, {}, at('14:00:00'), calendar);
    const reopened = given([claim, decline, { command: 'reopen', by: FORCE, at: '14:00:00', clocks }]).life;
    expect(reopened).toMatchObject({ state: 'queued', version: 4, reason: null, reopenUntil: null, clocks });
  });

  it('a withdrawal ends every clock and cannot be reopened', () => {
    const { life, when } = given([claim, ask, { command: 'withdraw', by: FORCE, at: '12:00:00' }]);
    expect(life).toMatchObject({ state: 'withdrawn', question: null, reopenUntil: null });
    expect(when('reopen', FORCE)).toMatchObject({ ok: false, code: 'not-in-this-state' });
  });

  it('a change that was published under a number keeps it, although numbers before it are missing', () => {
    const before = given([claim]).life;
    const change = { to: 'claimed', at: at('12:00:00'), version: 7 } as const;
    expect(evolve(before, change, { calendar }).version).toBe(7);
  });
});
