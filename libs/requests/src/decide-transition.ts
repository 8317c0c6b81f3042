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
  /** True if the request is assigned to the actor. */
  readonly isAssignee: boolean;
  /** True if the actor proposed the answer that awaits a decision. */
  readonly isProposer: boolean;
  /**
   * True if the owning force's chief officer has delegated decisions of this type to the actor, as of today.
   * Only `confirm` of a `second-person-delegated` type needs it; left out, it means no.
   */
  readonly isDelegate?: boolean;
  /** The name of the owning force in the text of a refusal. */
  readonly owner?: string;
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
 * Decides by the table whether this person may give this command in this state. A refusal names the first
 * obstacle; the role comes before the state, so that a refusal tells a stranger nothing of the state.
 */
export function decideTransition(question: TransitionQuestion): TransitionDecision {
  const { command, state, decision, role } = question;
  let lines: readonly Transition[] = TRANSITIONS.filter((line) => line.command === command);
  const roles = [...new Set(lines.flatMap((line) => line.roles))];
  lines = lines.filter((line) => line.roles.includes(role));
  if (lines.length === 0) {
    const why = `Only a ${roles.map(inWords).join(' or ')} can ${ACTIONS[command]}; your role is ${inWords(role)}.`;
    return refused('not-for-this-role', why);
  }
  lines = lines.filter((line) => line.decisions.includes(decision));
  if (lines.length === 0) {
    return refused(
      'not-for-this-type',
      decision === 'one-person'
        ? `One person answers requests of this type: use answer instead of ${command}.`
        : 'A second person confirms answers to this type: propose the answer instead.',
    );
  }
  lines = lines.filter((line) => line.from.includes(state));
  if (lines.length === 0)
    return refused('not-in-this-state', `You cannot ${ACTIONS[command]}: it is ${STATE_WORDS[state]}.`);
  const line = lines.find(({ who }) =>
    who === 'assignee' ? question.isAssignee : who !== 'not-proposer' || !question.isProposer,
  );
  if (!line) {
    return lines[0]?.who === 'not-proposer'
      ? refused(
          'proposer-may-not-decide',
          `The person who proposed the answer cannot ${command} it: a second person decides.`,
        )
      : refused('not-the-assignee', `Only the person assigned can ${ACTIONS[command]}.`);
  }
  if (command === 'confirm' && decision === 'second-person-delegated' && question.isDelegate !== true) {
    const why = `${question.owner ?? 'The owning force'} has not delegated this decision to you: a person with its delegation must decide.`;
    return refused('no-delegated-authority', why);
  }
  return {
    ok: true,
    to: line.to === 'unchanged' ? state : line.to,
    event: line.event,
    published: line.published,
  } as TransitionDecision;
}

/** The words for each state and each command in the text of a refusal. */
const STATE_WORDS: Readonly<Record<State, string>> = {
  queued: 'in the queue',
  claimed: 'claimed',
  held: 'on hold',
  'waiting-for-force': 'waiting for its force',
  'awaiting-decision': 'awaiting a decision',
  answered: 'answered',
  declined: 'declined',
  withdrawn: 'withdrawn',
};
const ACTIONS: Readonly<Record<Command, string>> = {
  claim: 'claim this request',
  assign: 'assign this request',
  release: 'put this request back',
  hold: 'hold this request',
  resume: 'go on with this request',
  ask: 'ask a question about this request',
  'withdraw-question': 'withdraw a question about this request',
  reply: 'reply to this request',
  milestone: 'report a milestone of this request',
  note: 'add a note to this request',
  answer: 'answer this request',
  propose: 'propose an answer to this request',
  confirm: 'confirm an answer to this request',
  return: 'return a proposed answer to this request',
  decline: 'decline this request',
  withdraw: 'withdraw this request',
  inform: 'add information to this request',
  correct: 'correct this request',
  reopen: 'reopen this request',
};

const inWords = (role: string): string => role.replaceAll('-', ' ');

function refused(code: TransitionRefusal, why: string): TransitionDecision {
  return { ok: false, code, why };
}
