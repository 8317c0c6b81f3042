import { forceOfTopic, problemDetails, Refusal, type ProblemDetails } from '#contracts';
import { isSlug, UNATTRIBUTED } from '#kernel';
import { handlerFault } from './handler-fault.ts';
import type { ReceivedMessage } from './received-message.ts';

/** A message that cannot be taken, with the reason; its bytes are in the message. */
export interface DeadLetter {
  readonly message: ReceivedMessage;
  readonly problem: ProblemDetails;
  /** From the topic, else the header, else `unattributed`. */
  readonly force: string;
  /** Name and message of a fault of ours, without values: for those who run the service, not for the force. */
  readonly fault?: string;
}

/** Keeps dead letters for good. Keeping the same topic, partition and offset again changes nothing. */
export interface DeadLetterStore {
  keep(letters: readonly DeadLetter[]): Promise<void>;
}

/** A refusal tells its own reason; any other fault is ours, and its text stays out of what a force may read. */
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
