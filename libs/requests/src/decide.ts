import { decideTransition, type TransitionDecision } from './decide-transition.ts';
import type { ActorRole, Command, DecisionMode, State } from './transitions.ts';

/** The part of a request on which a decision depends. */
export interface DecidableRequest {
  readonly state: State;
  readonly assignee: string | null;
  readonly proposer: string | null;
}

/** A person of the unit, or the force that owns the request; a force acts without a person's name. */
export interface Actor {
  readonly role: ActorRole;
  readonly person?: string;
  /** See `TransitionQuestion.isDelegate`. */
  readonly isDelegate?: boolean;
  /** See `TransitionQuestion.owner`. */
  readonly owner?: string;
}

/**
 * Decides whether the actor may give the command now. Returns the event that happens then, or the refusal.
 */
export function decide(
  { state, assignee, proposer }: DecidableRequest,
  command: Command,
  decision: DecisionMode,
  { role, person, isDelegate, owner }: Actor,
): TransitionDecision {
  return decideTransition({
    command,
    state,
    decision,
    role,
    isAssignee: person !== undefined && person === assignee,
    isProposer: person !== undefined && person === proposer,
    ...(isDelegate !== undefined && { isDelegate }),
    ...(owner !== undefined && { owner }),
  });
}
