/** The states of a request in its unit. */
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
/** States in which work is paused, and with it every clock that may be paused. */
export const PAUSING_STATES: readonly State[] = ['held', 'waiting-for-force'];

/**
 * The role of the person who acts: staff of the unit, or the force that owns the request. An auditor and an
 * administrator only read.
 */
export type ActorRole =
  'caseworker' | 'supervisor' | 'decision-maker' | 'auditor' | 'administrator' | 'force';

/** Roles to which a request can be assigned. */
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

/**
 * One line of the life of a request: a command, the states before and after it, the actors, and the event.
 */
export interface Transition {
  readonly command: Command;
  readonly from: readonly State[];
  /** `unchanged` if the command leaves the state as it is. */
  readonly to: State | 'unchanged';
  readonly roles: readonly ActorRole[];
  /** `assignee`: only the person assigned; `not-proposer`: anyone with the role except the proposer. */
  readonly who: 'anyone' | 'assignee' | 'not-proposer' | 'force';
  /** Ways of deciding for which the command exists. */
  readonly decisions: readonly DecisionMode[];
  /** CloudEvents type of the entry in the event log. */
  readonly event: string;
  /** True if the force is notified. Notes and changes of assignee stay inside the unit. */
  readonly published: boolean;
}

const WORKERS = WORKING_ROLES;
const ACTING_STAFF: readonly ActorRole[] = [...WORKING_ROLES, 'decision-maker'];
const EVERY: readonly DecisionMode[] = ['one-person', 'second-person', 'second-person-delegated'];
const SECOND_PERSON: readonly DecisionMode[] = ['second-person', 'second-person-delegated'];
const OPEN: readonly State[] = ['queued', 'claimed', 'held', 'waiting-for-force', 'awaiting-decision'];
const CLAIMED: readonly State[] = ['claimed', 'held', 'waiting-for-force', 'awaiting-decision'];

/** A withdrawn request is not one of them, because the force can send it again without loss. */
export const REOPENABLE: readonly State[] = ['answered', 'declined'];

/**
 * The fields that a force may correct in each state, by the declaration of each field. In the queue every
 * correctable field may change; later only fields that may change during the work. Nothing changes while an
 * answer awaits a second person, because its proposer based it on the values as they are.
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
 * The whole life of a request: anything that is not a line here is refused. If several lines fit a command,
 * the first is used.
 */
// One line per transition: the table is read as a table.
// prettier-ignore
export const TRANSITIONS = [
  { command: 'claim',             from: ['queued'],            to: 'claimed',           roles: WORKERS,            who: 'anyone',       decisions: EVERY,          event: 'concordat.request-claimed.v1',     published: true },
  { command: 'assign',            from: ['queued'],            to: 'claimed',           roles: ['supervisor'],     who: 'anyone',       decisions: EVERY,          event: 'concordat.request-claimed.v1',     published: true },
  { command: 'assign',            from: CLAIMED,               to: 'unchanged',         roles: ['supervisor'],     who: 'anyone',       decisions: EVERY,          event: 'concordat.request-reassigned.v1',  published: false },
  { command: 'release',           from: ['claimed', 'held'],   to: 'queued',            roles: ['supervisor'],     who: 'anyone',       decisions: EVERY,          event: 'concordat.request-released.v1',    published: true },
  { command: 'release',           from: ['claimed', 'held'],   to: 'queued',            roles: ['caseworker'],     who: 'assignee',     decisions: EVERY,          event: 'concordat.request-released.v1',    published: true },
  { command: 'hold',              from: ['claimed'],           to: 'held',              roles: WORKERS,            who: 'assignee',     decisions: EVERY,          event: 'concordat.request-held.v1',        published: true },
  { command: 'resume',            from: ['held'],              to: 'claimed',           roles: WORKERS,            who: 'assignee',     decisions: EVERY,          event: 'concordat.request-resumed.v1',     published: true },
  { command: 'ask',               from: ['claimed'],           to: 'waiting-for-force', roles: WORKERS,            who: 'assignee',     decisions: EVERY,          event: 'concordat.question-asked.v1',      published: true },
  { command: 'withdraw-question', from: ['waiting-for-force'], to: 'claimed',           roles: ['supervisor'],     who: 'anyone',       decisions: EVERY,          event: 'concordat.question-withdrawn.v1',  published: true },
  { command: 'withdraw-question', from: ['waiting-for-force'], to: 'claimed',           roles: ['caseworker'],     who: 'assignee',     decisions: EVERY,          event: 'concordat.question-withdrawn.v1',  published: true },
  { command: 'reply',             from: ['waiting-for-force'], to: 'claimed',           roles: ['force'],          who: 'force',        decisions: EVERY,          event: 'concordat.reply-received.v1',      published: true },
  { command: 'milestone',         from: CLAIMED,               to: 'unchanged',         roles: WORKERS,            who: 'assignee',     decisions: EVERY,          event: 'concordat.milestone-reached.v1',   published: true },
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
 * The event types that a transition writes to the log; those with `published: true` are also message types.
 */
export type TransitionEvent = (typeof TRANSITIONS)[number]['event'];
export type PublishedTransitionEvent = Extract<(typeof TRANSITIONS)[number], { published: true }>['event'];
