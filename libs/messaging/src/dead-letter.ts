import { forceOfTopic, problemDetails, Refusal, type ProblemDetails } from '#contracts';
import { isSlug, UNATTRIBUTED } from '#kernel';
import { handlerFault } from './handler-fault.ts';
import type { ReceivedMessage } from './received-message.ts';

/** A message that cannot be processed, with its bytes and the reason. */
export interface DeadLetter {
  readonly message: ReceivedMessage;
  readonly problem: ProblemDetails;
  /** The force of the topic, else of the header, else `unattributed`. */
  readonly force: string;
  /** Name and message of a fault of ours, without values. Operators read it; the force does not. */
  readonly fault?: string;
}

/** Stores dead letters for good. Storing the same topic, partition and offset again changes nothing. */
export interface DeadLetterStore {
  keep(letters: readonly DeadLetter[]): Promise<void>;
}

/**
 * A refusal has a reason of its own. Any other fault is ours, and the force does not get to read its text.
 */
export function deadLetter(message: ReceivedMessage, error: unknown, payload?: unknown): DeadLetter {
  const problem =
    error instanceof Refusal
      ? error.problem
      : problemDetails(
          'internal-error',
          `The message could not be handled (${error instanceof Error ? error.name : 'unknown fault'}).`,
        );
  const header = message.headers['ce_owningforce'];
  const force = forceOfTopic(message.topic) ?? (isSlug(header) ? header : UNATTRIBUTED);
  return {
    message,
    problem,
    force,
    ...(!(error instanceof Refusal) && { fault: handlerFault(error, payload) }),
  };
}
