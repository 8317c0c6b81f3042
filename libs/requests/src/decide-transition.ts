import {
  TRANSITIONS,
  type ActorRole,
  type Command,
  type DecisionMode,
  type PublishedTransitionEvent,
  type State,
  type Transition,
  type TransitionEvent,
} from './transitions.ts';

export interface TransitionQuestion {
  readonly command: Command;
  readonly state: State;
  readonly decision: DecisionMode;
  readonly role: ActorRole;
  /** The actor is the one it is assigned to. */
  readonly isAssignee: boolean;
  /** The actor proposed the answer that awaits a decision. */
  readonly isProposer: boolean;
  /**
   * The owning force's chief officer has delegated decisions of this type to the actor, today. Asked only for `confirm`
   * of a `second-person-delegated` type; left out, it is no.
   */
  readonly isDelegate?: boolean;
}

export type TransitionRefusal =
  | 'not-in-this-state'
  | 'not-for-this-type'
  | 'not-for-this-role'
  | 'not-the-assignee'
  | 'proposer-may-not-decide'
  | 'no-delegated-authority';

export type TransitionDecision =
  | {
      readonly ok: true;
      readonly to: State;
      readonly event: PublishedTransitionEvent;
      readonly published: true;
    }
  | { readonly ok: true; readonly to: State; readonly event: TransitionEvent; readonly published: false }
  | { readonly ok: false; readonly code: TransitionRefusal; readonly why: string };

/**
 * Whether the table has a line for this command, here, by this person; the answer names the first thing that is wrong.
 * What a person may not do at all is said before what cannot be done now, so that a refusal tells a stranger nothing
 * of the state.
 */
export function decideTransition(question: TransitionQuestion): TransitionDecision {
  const { command, state, decision, role } = question;
  let lines: readonly Transition[] = TRANSITIONS.filter((line) => line.command === command);
  lines = lines.filter((line) => line.roles.includes(role));
  if (lines.length === 0) return refused('not-for-this-role', `Not for a ${role}: ${command}.`);
  lines = lines.filter((line) => line.decisions.includes(decision));
  if (lines.length === 0) {
    return refused(
      'not-for-this-type',
      decision === 'one-person'
        ? `This type is answered by one person: there is nothing to ${command}.`
        : 'This type needs a second person: propose the answer instead.',
    );
  }
  lines = lines.filter((line) => line.from.includes(state));
  if (lines.length === 0)
    return refused('not-in-this-state', `A request that is ${STANDS[state]} cannot be ${DONE[command]}.`);
  const line = lines.find(({ who }) =>
    who === 'assignee' ? question.isAssignee : who !== 'not-proposer' || !question.isProposer,
  );
  if (!line) {
    return lines[0]?.who === 'not-proposer'
      ? refused(
          'proposer-may-not-decide',
          `Who proposed the answer may not ${command} it: a second person decides.`,
        )
      : refused('not-the-assignee', `Only for who has the request: ${command}.`);
  }
  if (command === 'confirm' && decision === 'second-person-delegated' && question.isDelegate !== true) {
    return refused('no-delegated-authority', 'The owning force has not delegated this decision to you.');
  }
  return {
    ok: true,
    to: line.to === 'unchanged' ? state : line.to,
    event: line.event,
    published: line.published,
  } as TransitionDecision;
}

/** For people: what a request is in a state, and what a command would have done to it. */
const STANDS: Readonly<Record<State, string>> = {
  queued: 'in the queue',
  claimed: 'claimed',
  held: 'on hold',
  'waiting-for-force': 'waiting for its force',
  'awaiting-decision': 'awaiting a decision',
  answered: 'answered',
  declined: 'declined',
  withdrawn: 'withdrawn',
};
const DONE: Readonly<Record<Command, string>> = {
  claim: 'claimed',
  assign: 'assigned',
  release: 'released',
  hold: 'put on hold',
  resume: 'resumed',
  ask: 'given a question',
  'withdraw-question': 'freed of a question',
  reply: 'replied to',
  milestone: 'given a milestone',
  note: 'given a note',
  answer: 'answered',
  propose: 'given a proposed answer',
  confirm: 'confirmed',
  return: 'returned to who proposed its answer',
  decline: 'declined',
  withdraw: 'withdrawn',
  inform: 'added to',
  correct: 'corrected',
  reopen: 'reopened',
};

function refused(code: TransitionRefusal, why: string): TransitionDecision {
  return { ok: false, code, why };
}
