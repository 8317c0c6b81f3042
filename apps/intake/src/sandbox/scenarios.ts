import type { ProblemCode } from '#contracts';
import type { Command } from '#requests';
import type { Channel } from '../registers/channel.ts';

/** What staff of a unit do, and `queue`, by which the unit takes a request in. */
type Deed =
  | 'queue'
  | Extract<
      Command,
      'claim' | 'release' | 'hold' | 'resume' | 'ask' | 'withdraw-question' | 'propose' | 'return' | 'decline'
    >;

/** Where a script stands still: for a long time, or until the force has replied, or wants the request changed. */
export type Pause = 'long-wait' | 'until-reply' | 'until-change';

/** `decide` is the answer, by a second person where the type asks for one; `milestones` are those of the type. */
export type Move = Deed | 'decide' | 'milestones' | Pause;

/** What becomes of a submission of a sandbox, by how its reference begins. */
export interface Scenario {
  readonly name: string;
  /** For people: what happens, in the order it happens. */
  readonly outcome: string;
  readonly script: readonly Move[];
  /** The submission is refused if it comes by one of these channels; by any other it is played. */
  readonly refusal?: { readonly code: ProblemCode; readonly channels: readonly Channel[] };
}

const ANSWERED: readonly Move[] = ['queue', 'claim', 'decide'];

/** The first is also what any other reference gets. docs/reference/sandbox.md is made from this table. */
export const SCENARIOS = [
  {
    name: 'answer',
    outcome: 'queued, claimed, answered with the first example answer of its type',
    script: ANSWERED,
  },
  {
    name: 'decline',
    outcome: 'queued, claimed, declined with a reason and where it belongs',
    script: ['queue', 'claim', 'decline'],
  },
  {
    name: 'ask',
    outcome: 'a question; answered after your reply',
    script: ['queue', 'claim', 'ask', 'until-reply', 'decide'],
  },
  {
    name: 'ask-and-take-back',
    outcome: 'a question, taken back before you reply; answered',
    script: ['queue', 'claim', 'ask', 'withdraw-question', 'decide'],
  },
  {
    name: 'hold',
    outcome: 'held with a reason, resumed, answered',
    script: ['queue', 'claim', 'hold', 'resume', 'decide'],
  },
  {
    name: 'release',
    outcome: 'claimed, given back to the queue, claimed again, answered',
    script: ['queue', 'claim', 'release', ...ANSWERED.slice(1)],
  },
  {
    name: 'milestone',
    outcome: 'each milestone that its type has, then answered',
    script: ['queue', 'claim', 'milestones', 'decide'],
  },
  {
    name: 'return',
    outcome:
      'the proposed answer is returned once, then confirmed (types that a second person decides; others are answered)',
    script: ['queue', 'claim', 'propose', 'return', 'decide'],
  },
  {
    name: 'slow',
    outcome: 'as `answer`, each step ten times as late',
    script: ['long-wait', 'queue', 'long-wait', 'claim', 'long-wait', 'decide'],
  },
  {
    name: 'too-late',
    outcome:
      'stays claimed until you withdraw it or add information; the answer is then faster, and your change is refused',
    script: ['queue', 'claim', 'until-change', 'decide'],
  },
  {
    name: 'stay-accepted',
    outcome: 'stays `accepted`, as while its unit is down, until you want it changed',
    script: [],
  },
  { name: 'stay-queued', outcome: 'stays `queued`', script: ['queue'] },
  { name: 'stay-claimed', outcome: 'stays `claimed`', script: ['queue', 'claim'] },
  { name: 'stay-held', outcome: 'stays `held`', script: ['queue', 'claim', 'hold'] },
  {
    name: 'stay-awaiting-decision',
    outcome: 'stays `awaiting-decision` (types that a second person decides; others stay `claimed`)',
    script: ['queue', 'claim', 'propose'],
  },
  {
    name: 'refuse',
    outcome: 'refused as where no agreement is live: 403 `no-agreement`, or `request-refused` over Kafka',
    script: [],
    refusal: { code: 'no-agreement', channels: ['rest', 'kafka'] },
  },
  {
    name: 'system',
    outcome:
      '503 `unavailable` with `Retry-After`, each time; over Kafka, where no such answer exists, as `answer`',
    script: ANSWERED,
    refusal: { code: 'unavailable', channels: ['rest'] },
  },
  {
    name: 'limit',
    outcome:
      '429 `too-many-requests` with `Retry-After`, each time; over Kafka, where there is no limit, as `answer`',
    script: ANSWERED,
    refusal: { code: 'too-many-requests', channels: ['rest'] },
  },
] as const satisfies readonly Scenario[];

/** The scenario of a reference: the longest name that it begins with, followed by a hyphen. */
export function scenarioOf(reference: string): Scenario {
  const begun = SCENARIOS.filter(({ name }) => reference.startsWith(`${name}-`));
  return begun.sort((left, right) => right.name.length - left.name.length)[0] ?? SCENARIOS[0];
}

export const scenarioNamed = (name: string): Scenario | undefined =>
  SCENARIOS.find((scenario) => scenario.name === name);
