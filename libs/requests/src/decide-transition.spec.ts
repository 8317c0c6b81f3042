import { describe, expect, it } from '@jest/globals';
import { CORRECTABLE_IN, FINAL_STATES, lifeCycleFaults, STATES, TRANSITIONS } from './index.ts';
import type { ActorRole, Command, DecisionMode, State, Transition } from './index.ts';
import { decideTransition, type TransitionQuestion } from './decide-transition.ts';

// prettier-ignore
const COMMANDS: readonly Command[] = ['claim', 'assign', 'release', 'hold', 'resume', 'ask', 'withdraw-question', 'reply', 'milestone', 'note', 'answer', 'propose', 'confirm', 'return', 'decline', 'withdraw', 'inform', 'correct', 'reopen'];
const ROLES: readonly ActorRole[] = [
  'caseworker',
  'supervisor',
  'decision-maker',
  'auditor',
  'administrator',
  'force',
];
const DECISIONS: readonly DecisionMode[] = ['one-person', 'second-person', 'second-person-delegated'];
const EITHER = [true, false];

/**
 * Everything that is allowed, written by hand from the description of the life of a request and not from the
 * table: command, from, to, role, condition, types (all, one = decided by one person, two = by a second
 * person).
 */
const ALLOWED = `
  claim    queued             claimed            caseworker      anyone        all
  claim    queued             claimed            supervisor      anyone        all
  assign   queued             claimed            supervisor      anyone        all
  assign   claimed            claimed            supervisor      anyone        all
  assign   held               held               supervisor      anyone        all
  assign   waiting-for-force  waiting-for-force  supervisor      anyone        all
  assign   awaiting-decision  awaiting-decision  supervisor      anyone        all
  release  claimed            queued             caseworker      assignee      all
  release  claimed            queued             supervisor      anyone        all
  release  held               queued             caseworker      assignee      all
  release  held               queued             supervisor      anyone        all
  hold     claimed            held               caseworker      assignee      all
  hold     claimed            held               supervisor      assignee      all
  resume   held               claimed            caseworker      assignee      all
  resume   held               claimed            supervisor      assignee      all
  ask      claimed            waiting-for-force  caseworker      assignee      all
  ask      claimed            waiting-for-force  supervisor      assignee      all
  withdraw-question  waiting-for-force  claimed  caseworker      assignee      all
  withdraw-question  waiting-for-force  claimed  supervisor      anyone        all
  reply    waiting-for-force  claimed            force           anyone        all
  milestone  claimed            claimed            caseworker    assignee      all
  milestone  claimed            claimed            supervisor    assignee      all
  milestone  held               held               caseworker    assignee      all
  milestone  held               held               supervisor    assignee      all
  milestone  waiting-for-force  waiting-for-force  caseworker    assignee      all
  milestone  waiting-for-force  waiting-for-force  supervisor    assignee      all
  milestone  awaiting-decision  awaiting-decision  caseworker    assignee      all
  milestone  awaiting-decision  awaiting-decision  supervisor    assignee      all
  note     queued             queued             caseworker      anyone        all
  note     queued             queued             supervisor      anyone        all
  note     queued             queued             decision-maker  anyone        all
  note     claimed            claimed            caseworker      anyone        all
  note     claimed            claimed            supervisor      anyone        all
  note     claimed            claimed            decision-maker  anyone        all
  note     held               held               caseworker      anyone        all
  note     held               held               supervisor      anyone        all
  note     held               held               decision-maker  anyone        all
  note     waiting-for-force  waiting-for-force  caseworker      anyone        all
  note     waiting-for-force  waiting-for-force  supervisor      anyone        all
  note     waiting-for-force  waiting-for-force  decision-maker  anyone        all
  note     awaiting-decision  awaiting-decision  caseworker      anyone        all
  note     awaiting-decision  awaiting-decision  supervisor      anyone        all
  note     awaiting-decision  awaiting-decision  decision-maker  anyone        all
  answer   claimed            answered           caseworker      assignee      one
  answer   claimed            answered           supervisor      assignee      one
  propose  claimed            awaiting-decision  caseworker      assignee      two
  propose  claimed            awaiting-decision  supervisor      assignee      two
  confirm  awaiting-decision  answered           decision-maker  not-proposer  two
  return   awaiting-decision  claimed            decision-maker  not-proposer  two
  decline  claimed            declined           caseworker      assignee      all
  decline  claimed            declined           supervisor      assignee      all
  withdraw  queued             withdrawn         force           anyone        all
  withdraw  claimed            withdrawn         force           anyone        all
  withdraw  held               withdrawn         force           anyone        all
  withdraw  waiting-for-force  withdrawn         force           anyone        all
  withdraw  awaiting-decision  withdrawn         force           anyone        all
  inform   queued             queued             force           anyone        all
  inform   claimed            claimed            force           anyone        all
  inform   held               held               force           anyone        all
  inform   waiting-for-force  waiting-for-force  force           anyone        all
  inform   awaiting-decision  awaiting-decision  force           anyone        all
  correct  queued             queued             force           anyone        all
  correct  claimed            claimed            force           anyone        all
  correct  held               held               force           anyone        all
  correct  waiting-for-force  waiting-for-force  force           anyone        all
  reopen   answered           queued             force           anyone        all
  reopen   declined           queued             force           anyone        all
`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/) as [Command, State, State, ActorRole, string, string]);

function expected(question: TransitionQuestion): State | 'refused' {
  for (const [command, from, to, role, condition, types] of ALLOWED) {
    if (command !== question.command || from !== question.state || role !== question.role) continue;
    if (types === 'one' && question.decision !== 'one-person') continue;
    if (types === 'two' && question.decision === 'one-person') continue;
    if (condition === 'assignee' && !question.isAssignee) continue;
    if (condition === 'not-proposer' && question.isProposer) continue;
    // A delegated decision needs the owning force's authority; returning a proposal does not.
    if (command === 'confirm' && question.decision === 'second-person-delegated' && !question.isDelegate)
      continue;
    return to;
  }
  return 'refused';
}

describe('every transition, by every role, in every situation', () => {
  it.each(COMMANDS)('%s is allowed and refused as written by hand', (command) => {
    const differing: string[] = [];
    let cases = 0;
    for (const state of STATES)
      for (const decision of DECISIONS)
        for (const role of ROLES)
          for (const isAssignee of EITHER)
            for (const isProposer of EITHER)
              for (const isDelegate of EITHER) {
                const question = { command, state, decision, role, isAssignee, isProposer, isDelegate };
                const decided = decideTransition(question);
                cases += 1;
                if ((decided.ok ? decided.to : 'refused') !== expected(question))
                  differing.push(JSON.stringify({ ...question, decided }));
              }
    expect(differing).toEqual([]);
    expect(cases).toBe(8 * 3 * 6 * 8);
  });

  it('lets an auditor and an administrator change nothing, and only the force change a final state, by reopening', () => {
    for (const reader of ['auditor', 'administrator'] as const)
      expect(TRANSITIONS.filter(({ roles }) => (roles as readonly ActorRole[]).includes(reader))).toEqual([]);
    const out = TRANSITIONS.filter(({ from }) => from.some((state) => FINAL_STATES.includes(state)));
    expect(out.map(({ command, roles }) => [command, ...roles])).toEqual([['reopen', 'force']]);
  });
});

describe('a field that may be corrected until the claim', () => {
  it('cannot be corrected after the claim', () => {
    const claimed = STATES.filter((state) => state !== 'queued').map((state) => CORRECTABLE_IN[state] ?? []);
    for (const fields of claimed) expect(fields).not.toContain('until-claimed');
  });
});

describe('a refused transition', () => {
  const question: TransitionQuestion = {
    command: 'confirm',
    state: 'awaiting-decision',
    decision: 'second-person-delegated',
    role: 'decision-maker',
    isAssignee: false,
    isProposer: false,
    isDelegate: true,
  };
  const code = (changed: Partial<TransitionQuestion>): string => {
    const decided = decideTransition({ ...question, ...changed });
    return decided.ok ? 'allowed' : decided.code;
  };

  it('names the first obstacle, in this order: role, type, state, person, authority', () => {
    expect(code({})).toBe('allowed');
    expect(code({ role: 'caseworker' })).toBe('not-for-this-role');
    expect(code({ decision: 'one-person' })).toBe('not-for-this-type');
    expect(code({ state: 'claimed' })).toBe('not-in-this-state');
    expect(code({ isProposer: true })).toBe('proposer-may-not-decide');
    expect(code({ isDelegate: false })).toBe('no-delegated-authority');
    expect(code({ isDelegate: undefined })).toBe('no-delegated-authority');
    expect(code({ command: 'answer', role: 'caseworker', state: 'claimed', isAssignee: true })).toBe(
      'not-for-this-type',
    );
    expect(code({ command: 'hold', role: 'caseworker', state: 'claimed' })).toBe('not-the-assignee');
  });
});

describe('a transition', () => {
  const notifies = (command: Command, state: State): boolean => {
    const decided = decideTransition({
      command,
      state,
      decision: 'one-person',
      role: 'supervisor',
      isAssignee: true,
      isProposer: false,
    });
    return decided.ok && decided.published;
  };

  it('notifies the force of a change of state, and never of a note or a change of assignee', () => {
    expect([
      notifies('claim', 'queued'),
      notifies('assign', 'queued'),
      notifies('hold', 'claimed'),
      notifies('answer', 'claimed'),
    ]).toEqual([true, true, true, true]);
    expect([notifies('milestone', 'held'), notifies('withdraw-question', 'waiting-for-force')]).toEqual([
      true,
      true,
    ]);
    expect([notifies('note', 'claimed'), notifies('assign', 'held')]).toEqual([false, false]);
  });
});

describe('the life of a request', () => {
  it('reaches every state, and has a way to an answer from every open state', () => {
    expect(lifeCycleFaults()).toEqual([]);
  });

  const without = (command: Command): readonly Transition[] =>
    TRANSITIONS.filter((line) => line.command !== command);

  it.each([
    ['hold', 'one-person: held is never reached'],
    ['answer', 'one-person: answered is never reached'],
    ['propose', 'second-person: awaiting-decision is never reached'],
    ['decline', 'second-person-delegated: declined is never reached'],
    ['withdraw', 'one-person: withdrawn is never reached'],
  ] as const)('is rejected without %s', (command, fault) => {
    expect(lifeCycleFaults(without(command))).toContain(fault);
  });

  it('can leave a question without a reply, because staff can withdraw the question', () => {
    expect(lifeCycleFaults(without('reply'))).toEqual([]);
    const neither = without('reply').filter(({ command }) => command !== 'withdraw-question');
    expect(lifeCycleFaults(neither)).toContain('one-person: waiting-for-force has no way to an answer');
  });

  it('is rejected with a way out of a final state, or with a second decision where one person decides', () => {
    const [claim] = TRANSITIONS;
    expect(lifeCycleFaults([...TRANSITIONS, { ...claim, from: ['answered'] }])).toContain(
      'one-person: answered is not final',
    );
    expect(lifeCycleFaults([...TRANSITIONS, { ...claim, to: 'awaiting-decision' }])).toContain(
      'one-person: awaiting-decision must not be reached',
    );
  });
});
