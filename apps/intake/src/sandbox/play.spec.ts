import { describe, expect, it } from '@jest/globals';
import {
  messageCheck,
  PayloadCheck,
  REQUEST_STATES,
  TOPIC_FAMILIES,
  type MessageType,
  type RequestState,
} from '#contracts';
import { FINAL_STATES } from '#requests';
import { loadUnitDefinitions, type RequestType } from '#unit';
import { play } from './play.ts';
import type { SandboxMessage, Rehearsal } from './rehearsal.ts';
import { SCENARIOS, scenarioNamed, scenarioOf, type Scenario } from './scenarios.ts';

const UNITS = ['fleet', 'estates', 'legal', 'firearms-licensing', 'crime-recording'];
const TYPES = (await loadUnitDefinitions(UNITS)).flatMap(({ slug, requestTypes }) =>
  requestTypes.map((type) => ({ unit: slug, type })),
);
const ANSWERS = new Map(TYPES.map(({ type }) => [type, new PayloadCheck(type.answer)]));
const CHANGE_ID = '01890000-0000-7000-8000-000000000001';
const SAYS = {
  reply: { kind: 'reply' },
  inform: { kind: 'inform', changeId: CHANGE_ID },
  withdraw: { kind: 'withdraw', changeId: CHANGE_ID, reason: 'Sent twice' },
  reopen: { kind: 'reopen', changeId: CHANGE_ID, reason: 'The same noise is back' },
} as const satisfies Record<string, SandboxMessage>;
const correctionOf = ({ examples: [example] }: RequestType): SandboxMessage => ({
  kind: 'correct',
  changeId: CHANGE_ID,
  reason: 'Typed wrongly',
  payload: { ...example?.payload },
});

/** Plays one request until nothing is due by itself; then the force sends this, and playing continues. */
function rehearse(
  scenario: Scenario,
  { unit, type }: { unit: string; type: RequestType },
  ...says: SandboxMessage[]
) {
  let at = Date.parse('2026-03-02T09:00:00Z');
  let rehearsal: Rehearsal = {
    requestId: '01890000-0000-7000-8000-000000000000',
    force: 'testshire',
    reference: `${scenario.name}-1`,
    type: type.name,
    version: type.version,
    unit,
    unitReference: 'TST-26-000001',
    payload: type.examples[0]?.payload ?? {},
    receivedAt: new Date(at),
    traceparent: null,
    state: 'accepted',
    sequence: 0,
    scenario: scenario.name,
    step: 0,
    stepDue: true,
    clocks: [],
    question: null,
    reason: null,
    heard: [],
    at: new Date(at),
  };
  const told: { type: string; state: RequestState; sequence: number }[] = [];
  const faults: unknown[] = [];
  const late: boolean[] = [];
  const playOn = (): void => {
    for (;;) {
      const { changes, step, clocks, next } = play(rehearsal, scenario, type);
      for (const { type: event, value } of changes) {
        faults.push(...messageCheck(event as MessageType).faults(value));
        if (value.answer !== undefined) faults.push(...(ANSWERS.get(type)?.faults(value.answer) ?? []));
        told.push({
          type: event.replace(/^concordat\.|\.v1$/g, ''),
          state: value.state,
          sequence: value.sequence,
        });
        const { question = null, reason = null } = value.current ?? rehearsal;
        rehearsal = { ...rehearsal, state: value.state, sequence: value.sequence, question, reason };
      }
      at += 60_000;
      late.push(next === 'late');
      rehearsal = { ...rehearsal, step, clocks, heard: [], stepDue: next !== 'never', at: new Date(at) };
      if (next === 'never' || next === 'as-before') return;
    }
  };
  playOn();
  const before = rehearsal.state;
  for (const one of says) {
    rehearsal = { ...rehearsal, heard: [one], stepDue: false };
    playOn();
  }
  return {
    before,
    state: rehearsal.state,
    told,
    types: told.map(({ type: event }) => event),
    faults,
    late: late.filter(Boolean).length,
  };
}

const named = (name: string): Scenario => scenarioNamed(name) as Scenario;
const typeOf = (name: string) => TYPES.find(({ type }) => type.name === name) as (typeof TYPES)[number];
const repair = typeOf('vehicle-repair');
const grant = typeOf('certificate-grant');

describe('a reference', () => {
  it.each([
    ['ask-7', 'ask'],
    ['ask-and-take-back-7', 'ask-and-take-back'],
    ['asked-7', 'answer'],
    ['ask', 'answer'],
    ['ASK-7', 'answer'],
    ['R-2026/7', 'answer'],
    ['stay-held-', 'stay-held'],
  ])('%s means %s', (reference, name) => {
    expect(scenarioOf(reference).name).toBe(name);
  });
});

describe('a script', () => {
  it('publishes events that fit their message type and the answer of their request type, one version after the other, in every scenario', () => {
    const played = TYPES.flatMap((one) =>
      SCENARIOS.flatMap((scenario) => [
        rehearse(scenario, one, SAYS.reply, SAYS.inform),
        rehearse(scenario, one, correctionOf(one.type), SAYS.withdraw),
        rehearse(scenario, one, SAYS.reopen, SAYS.reply, SAYS.reopen),
      ]),
    );
    expect(played.length).toBeGreaterThan(400);
    expect(played.flatMap(({ faults }) => faults)).toEqual([]);
    for (const { told } of played) {
      const changes = told.filter(({ type }) => type !== 'change-refused');
      expect(changes.map(({ sequence }) => sequence)).toEqual(changes.map((_, index) => index + 1));
    }
  });

  it('reaches every state that a request can be in, and every message that a unit can send', () => {
    const played = [repair, grant, typeOf('fault-repair')].flatMap((one) =>
      SCENARIOS.flatMap((scenario) => [
        rehearse(scenario, one, SAYS.reply, SAYS.inform),
        rehearse(scenario, one, correctionOf(one.type), SAYS.withdraw),
        rehearse(scenario, one, SAYS.reopen),
      ]),
    );
    const messages = TOPIC_FAMILIES.find(({ family }) => family === 'force-events')?.messages ?? [];
    // Intake refuses submissions itself, and nothing inside intake is lost between two services.
    const elsewhere = ['request-refused', 'request-not-taken'];
    const sent = messages
      .map((type) => type.replace(/^concordat\.|\.v1$/g, ''))
      .filter((type) => !elsewhere.includes(type));
    expect(new Set(played.flatMap(({ types }) => types))).toEqual(new Set(sent));
    expect(new Set(['accepted', ...played.flatMap(({ told }) => told.map(({ state }) => state))])).toEqual(
      new Set(REQUEST_STATES),
    );
  });

  it.each([
    ['answer', repair, 'answered', ['request-queued', 'request-claimed', 'request-answered']],
    [
      'answer',
      grant,
      'answered',
      ['request-queued', 'request-claimed', 'decision-proposed', 'request-answered'],
    ],
    ['decline', repair, 'declined', ['request-queued', 'request-claimed', 'request-declined']],
    [
      'hold',
      repair,
      'answered',
      ['request-queued', 'request-claimed', 'request-held', 'request-resumed', 'request-answered'],
    ],
    ['return', repair, 'answered', ['request-queued', 'request-claimed', 'request-answered']],
    ['ask', repair, 'waiting-for-force', ['request-queued', 'request-claimed', 'question-asked']],
    ['stay-accepted', repair, 'accepted', []],
    ['stay-queued', repair, 'queued', ['request-queued']],
    [
      'stay-awaiting-decision',
      grant,
      'awaiting-decision',
      ['request-queued', 'request-claimed', 'decision-proposed'],
    ],
    ['stay-awaiting-decision', repair, 'claimed', ['request-queued', 'request-claimed']],
  ] as const)('%s leads there and publishes it: %#', (name, one, state, types) => {
    expect(rehearse(named(name), one)).toMatchObject({ before: state, state, types });
  });

  it('delays each step of a slow scenario', () => {
    expect(rehearse(named('slow'), repair)).toMatchObject({ state: 'answered', late: 3 });
    expect(rehearse(named('answer'), repair)).toMatchObject({ state: 'answered', late: 0 });
  });

  it('answers a question after its reply, and keeps a reply without an open question as a note', () => {
    const { types } = rehearse(named('ask'), repair, SAYS.reply);
    expect(types.slice(-3)).toEqual(['question-asked', 'reply-received', 'request-answered']);
    expect(rehearse(named('stay-held'), repair, SAYS.reply).types).toEqual(
      rehearse(named('stay-held'), repair).types,
    );
  });

  it('ends by a withdrawal in every state, and continues after information', () => {
    for (const name of [
      'stay-accepted',
      'stay-queued',
      'stay-claimed',
      'stay-held',
      'stay-awaiting-decision',
      'ask',
    ]) {
      expect(rehearse(named(name), grant, SAYS.withdraw).types.at(-1)).toBe('request-withdrawn');
    }
    expect(rehearse(named('ask'), repair, SAYS.inform, SAYS.reply).types.slice(-3)).toEqual([
      'information-received',
      'reply-received',
      'request-answered',
    ]);
  });

  it('refuses a change that comes too late, after the answer', () => {
    const { before, types, state } = rehearse(named('too-late'), repair, SAYS.withdraw);
    expect([before, state, ...types.slice(-2)]).toEqual([
      'claimed',
      'answered',
      'request-answered',
      'change-refused',
    ]);
  });

  it.each([
    ['answer', ['request-claimed', 'request-answered']],
    ['decline', ['request-claimed', 'request-declined']],
    ['slow', ['request-claimed', 'request-answered']],
  ])('%s repeats the steps after the queue when it is reopened', (name, again) => {
    const first = rehearse(named(name), repair);
    const { types, state } = rehearse(named(name), repair, SAYS.reopen);
    expect([state, types]).toEqual([first.state, [...first.types, 'request-reopened', ...again]]);
  });

  it('never continues after a final state by itself', () => {
    for (const scenario of SCENARIOS) {
      const { told } = rehearse(scenario, repair, SAYS.reply, SAYS.withdraw, SAYS.inform);
      const end = told.findIndex(({ state }) => FINAL_STATES.some((final) => final === state));
      expect(told.slice(end + 1).filter(({ type }) => type !== 'change-refused')).toEqual(
        end < 0 ? told : [],
      );
    }
  });
});
