import type { ProblemCode } from '#contracts';
import type { Command } from '#requests';
import type { Channel } from '../registers/channel.ts';

/** A command of a unit's staff, or `queue`, which puts the request into the unit's queue. */
type StaffAction =
  | 'queue'
  | Extract<
      Command,
      'claim' | 'release' | 'hold' | 'resume' | 'ask' | 'withdraw-question' | 'propose' | 'return' | 'decline'
    >;

/** A pause of a script: a long wait, or until the force replies or asks for a change. */
export type Pause = 'long-wait' | 'until-reply' | 'until-change';

/**
 * `decide` is the answer, with a second person where the type requires one. `milestones` are those of the
 * type.
 */
export type Move = StaffAction | 'decide' | 'milestones' | Pause;

/** The outcome of a sandbox submission, chosen by the beginning of its reference. */
export interface Scenario {
  readonly name: string;
  /** For the documentation: the events in their order. */
  readonly outcome: string;
  readonly script: readonly Move[];
  /** The submission is refused on these channels; on any other channel it is played. */
  readonly refusal?: { readonly code: ProblemCode; readonly channels: readonly Channel[] };
}

const ANSWERED: readonly Move[] = ['queue', 'claim', 'decide'];

/**
 * The first scenario also serves any other reference. docs/reference/sandbox.md is generated from this table.
 */
export const SCENARIOS = [
  {
    name: 'answer',
    outcome: 'queued, claimed, answered with the first example answer of its type',
    script: ANSWERED,
  },
  {
    name: 'decline',
    outcome: 'queued, claimed, declined with a reason and the place where it belongs',
    script: ['queue', 'claim', 'decline'],
  },
  {
    name: 'ask',
    outcome: 'the unit asks a question, and answers after your reply',
    script: ['queue', 'claim', 'ask', 'until-reply', 'decide'],
  },
  {
    name: 'ask-and-take-back',
    outcome: 'the unit asks a question, withdraws it before you reply, and answers',
    script: ['queue', 'claim', 'ask', 'withdraw-question', 'decide'],
  },
  {
    name: 'hold',
    outcome: 'held with a reason, resumed, answered',
    script: ['queue', 'claim', 'hold', 'resume', 'decide'],
  },
  {
    name: 'release',
    outcome: 'claimed, released to the queue, claimed again, answered',
    script: ['queue', 'claim', 'release', ...ANSWERED.slice(1)],
  },
  {
    name: 'milestone',
    outcome: 'each milestone of its type, then answered',
    script: ['queue', 'claim', 'milestones', 'decide'],
  },
  {
    name: 'return',
    outcome:
      'the proposed answer is returned once, then confirmed (for types with a second person; others are answered)',
    script: ['queue', 'claim', 'propose', 'return', 'decide'],
  },
  {
    name: 'slow',
    outcome: 'like `answer`, but each step takes ten times as long',
    script: ['long-wait', 'queue', 'long-wait', 'claim', 'long-wait', 'decide'],
  },
  {
    name: 'too-late',
    outcome:
      'stays `claimed` until you withdraw it or add information; the answer comes first, so your change is refused',
    script: ['queue', 'claim', 'until-change', 'decide'],
  },
  {
    name: 'stay-accepted',
    outcome: 'stays `accepted`, as if its unit were down, until you ask for a change',
    script: [],
  },
  { name: 'stay-queued', outcome: 'stays `queued`', script: ['queue'] },
  { name: 'stay-claimed', outcome: 'stays `claimed`', script: ['queue', 'claim'] },
  { name: 'stay-held', outcome: 'stays `held`', script: ['queue', 'claim', 'hold'] },
  {
    name: 'stay-awaiting-decision',
    outcome: 'stays `awaiting-decision` (for types with a second person; others stay `claimed`)',
    script: ['queue', 'claim', 'propose'],
  },
  {
    name: 'refuse',
    outcome: 'refused as if no agreement were live: 403 `no-agreement`, or `request-refused` over Kafka',
    script: [],
    refusal: { code: 'no-agreement', channels: ['rest', 'kafka'] },
  },
  {
    name: 'system',
    outcome:
      '503 `unavailable` with `Retry-After`, each time; over Kafka, which has no such answer, like `answer`',
    script: ANSWERED,
    refusal: { code: 'unavailable', channels: ['rest'] },
  },
  {
    name: 'limit',
    outcome:
      '429 `too-many-requests` with `Retry-After`, each time; over Kafka, which has no such limit, like `answer`',
    script: ANSWERED,
    refusal: { code: 'too-many-requests', channels: ['rest'] },
  },
] as const satisfies readonly Scenario[];

/** Returns the scenario of a reference: the longest name that it begins with, followed by a hyphen. */
export function scenarioOf(reference: string): Scenario {
  const begun = SCENARIOS.filter(({ name }) => reference.startsWith(`${name}-`));
  return begun.sort((left, right) => right.name.length - left.name.length)[0] ?? SCENARIOS[0];
}

export const scenarioNamed = (name: string): Scenario | undefined =>
  SCENARIOS.find((scenario) => scenario.name === name);
