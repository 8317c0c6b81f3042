/** Where a request stands in its unit. */
export const STATES = [
  'queued',
  'claimed',
  'held',
  'waiting-for-force',
  'awaiting-decision',
  'answered',
  'declined',
  'withdrawn',
] as const;
export type State = (typeof STATES)[number];

export const INITIAL_STATE: State = 'queued';
export const FINAL_STATES: readonly State[] = ['answered', 'declined', 'withdrawn'];
/** Work stands still in these, and so do clocks that may stop. */
export const PAUSING_STATES: readonly State[] = ['held', 'waiting-for-force'];

/**
 * Who acts: staff of the unit by role, or the force that owns the request. An auditor reads and never acts.
 */
export type ActorRole = 'caseworker' | 'supervisor' | 'decision-maker' | 'auditor' | 'force';

/** Roles that may have a request in hand. */
export const WORKING_ROLES: readonly ActorRole[] = ['caseworker', 'supervisor'];

/** How a request type is decided; see `RequestType.decision` of the unit library. */
export type DecisionMode = 'one-person' | 'second-person' | 'second-person-delegated';

export type Command =
  | 'claim'
  | 'assign'
  | 'release'
  | 'hold'
  | 'resume'
  | 'ask'
  | 'withdraw-question'
  | 'reply'
  | 'milestone'
  | 'note'
  | 'answer'
  | 'propose'
  | 'confirm'
  | 'return'
  | 'decline'
  | 'withdraw'
  | 'inform'
  | 'correct'
  | 'reopen';

/** One line of the life of a request: who may move it from where to where, and what is then logged. */
export interface Transition {
  readonly command: Command;
  readonly from: readonly State[];
  /** `unchanged` where the command leaves the state as it is. */
  readonly to: State | 'unchanged';
  readonly roles: readonly ActorRole[];
  /** `assignee`: only who has it; `not-proposer`: anyone of the roles but who proposed the answer. */
  readonly who: 'anyone' | 'assignee' | 'not-proposer' | 'force';
  /** Kinds of decision for which the command exists. */
  readonly decisions: readonly DecisionMode[];
  /** CloudEvents type of the entry in the event log. */
  readonly event: string;
  /** Whether the force is told. Notes and changes of assignee stay inside the unit. */
  readonly published: boolean;
}

const WORKERS = WORKING_ROLES;
const ACTING_STAFF: readonly ActorRole[] = [...WORKING_ROLES, 'decision-maker'];
const EVERY: readonly DecisionMode[] = ['one-person', 'second-person', 'second-person-delegated'];
const SECOND_PERSON: readonly DecisionMode[] = ['second-person', 'second-person-delegated'];
const OPEN: readonly State[] = ['queued', 'claimed', 'held', 'waiting-for-force', 'awaiting-decision'];
const TAKEN: readonly State[] = ['claimed', 'held', 'waiting-for-force', 'awaiting-decision'];

/** A request that its force took back is not among them: nobody's work is undone by sending it anew. */
export const REOPENABLE: readonly State[] = ['answered', 'declined'];

/**
 * What a force may correct in which state, by what the request type declares of each field: while nobody has
 * the request in hand, whatever is correctable; afterwards what may change under the work. An answer that
 * awaits a second person was made of what its proposer read, so nothing changes under it.
 */
export const CORRECTABLE_IN: Readonly<
  Partial<Record<State, readonly ('until-claimed' | 'until-decided')[]>>
> = {
  queued: ['until-claimed', 'until-decided'],
  claimed: ['until-decided'],
  held: ['until-decided'],
  'waiting-for-force': ['until-decided'],
};
const CORRECTABLE = Object.keys(CORRECTABLE_IN) as State[];

/**
 * The life of a request, whole: what is not a line here is refused. A command with several lines takes the
 * first that fits.
 */
// One line per transition: the table is read as a table.
// prettier-ignore
export const TRANSITIONS = [
  { command: 'claim',             from: ['queued'],            to: 'claimed',           roles: WORKERS,            who: 'anyone',       decisions: EVERY,          event: 'concordat.request-claimed.v1',     published: true },
  { command: 'assign',            from: ['queued'],            to: 'claimed',           roles: ['supervisor'],     who: 'anyone',       decisions: EVERY,          event: 'concordat.request-claimed.v1',     published: true },
  { command: 'assign',            from: TAKEN,                 to: 'unchanged',         roles: ['supervisor'],     who: 'anyone',       decisions: EVERY,          event: 'concordat.request-reassigned.v1',  published: false },
  { command: 'release',           from: ['claimed', 'held'],   to: 'queued',            roles: ['supervisor'],     who: 'anyone',       decisions: EVERY,          event: 'concordat.request-released.v1',    published: true },
  { command: 'release',           from: ['claimed', 'held'],   to: 'queued',            roles: ['caseworker'],     who: 'assignee',     decisions: EVERY,          event: 'concordat.request-released.v1',    published: true },
  { command: 'hold',              from: ['claimed'],           to: 'held',              roles: WORKERS,            who: 'assignee',     decisions: EVERY,          event: 'concordat.request-held.v1',        published: true },
  { command: 'resume',            from: ['held'],              to: 'claimed',           roles: WORKERS,            who: 'assignee',     decisions: EVERY,          event: 'concordat.request-resumed.v1',     published: true },
  { command: 'ask',               from: ['claimed'],           to: 'waiting-for-force', roles: WORKERS,            who: 'assignee',     decisions: EVERY,          event: 'concordat.question-asked.v1',      published: true },
  { command: 'withdraw-question', from: ['waiting-for-force'], to: 'claimed',           roles: ['supervisor'],     who: 'anyone',       decisions: EVERY,          event: 'concordat.question-withdrawn.v1',  published: true },
  { command: 'withdraw-question', from: ['waiting-for-force'], to: 'claimed',           roles: ['caseworker'],     who: 'assignee',     decisions: EVERY,          event: 'concordat.question-withdrawn.v1',  published: true },
  { command: 'reply',             from: ['waiting-for-force'], to: 'claimed',           roles: ['force'],          who: 'force',        decisions: EVERY,          event: 'concordat.reply-received.v1',      published: true },
  { command: 'milestone',         from: TAKEN,                 to: 'unchanged',         roles: WORKERS,            who: 'assignee',     decisions: EVERY,          event: 'concordat.milestone-reached.v1',   published: true },
  { command: 'note',              from: OPEN,                  to: 'unchanged',         roles: ACTING_STAFF,       who: 'anyone',       decisions: EVERY,          event: 'concordat.note-added.v1',          published: false },
  { command: 'answer',            from: ['claimed'],           to: 'answered',          roles: WORKERS,            who: 'assignee',     decisions: ['one-person'], event: 'concordat.request-answered.v1',    published: true },
  { command: 'propose',           from: ['claimed'],           to: 'awaiting-decision', roles: WORKERS,            who: 'assignee',     decisions: SECOND_PERSON,  event: 'concordat.decision-proposed.v1',   published: true },
  { command: 'confirm',           from: ['awaiting-decision'], to: 'answered',          roles: ['decision-maker'], who: 'not-proposer', decisions: SECOND_PERSON,  event: 'concordat.request-answered.v1',    published: true },
  { command: 'return',            from: ['awaiting-decision'], to: 'claimed',           roles: ['decision-maker'], who: 'not-proposer', decisions: SECOND_PERSON,  event: 'concordat.decision-returned.v1',   published: true },
  { command: 'decline',           from: ['claimed'],           to: 'declined',          roles: WORKERS,            who: 'assignee',     decisions: EVERY,          event: 'concordat.request-declined.v1',    published: true },
  { command: 'withdraw',          from: OPEN,                  to: 'withdrawn',         roles: ['force'],          who: 'force',        decisions: EVERY,          event: 'concordat.request-withdrawn.v1',   published: true },
  { command: 'inform',            from: OPEN,                  to: 'unchanged',         roles: ['force'],          who: 'force',        decisions: EVERY,          event: 'concordat.information-received.v1', published: true },
  { command: 'correct',           from: CORRECTABLE,           to: 'unchanged',         roles: ['force'],          who: 'force',        decisions: EVERY,          event: 'concordat.request-corrected.v1',   published: true },
  { command: 'reopen',            from: REOPENABLE,            to: 'queued',            roles: ['force'],          who: 'force',        decisions: EVERY,          event: 'concordat.request-reopened.v1',    published: true },
] as const satisfies readonly Transition[];

/**
 * The event log's types that a transition writes; those with `published: true` are message types of the wire.
 */
export type TransitionEvent = (typeof TRANSITIONS)[number]['event'];
export type PublishedTransitionEvent = Extract<(typeof TRANSITIONS)[number], { published: true }>['event'];
