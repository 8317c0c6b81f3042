import { messageCheck, Refusal, type Submission } from '#contracts';
import { contentHash, type Force } from '#kernel';
import { payloadFaults } from '#unit';
import { scenarioOf, type Scenario } from '../sandbox/scenarios.ts';
import type { RequestTypeDirectory, RoutedType } from '../request-types/request-type.directory.ts';

/** By which door something came in. */
export type Channel = 'rest' | 'kafka';

/** A submission that may be stored: its shape, type, payload and rules are sound. The gate and earlier ones are asked as it is stored. */
export interface CheckedSubmission {
  readonly type: RoutedType;
  readonly reference: string;
  readonly payload: Record<string, unknown>;
  readonly origin: string | null;
  /** Of type, reference and payload: what "the same content" means. Origin is never compared. */
  readonly contentHash: string;
  /** Of a sandbox: what becomes of it, and it goes to no unit. Null for a force. */
  readonly scenario: Scenario | null;
}

/** One submission on its way into the store. */
export interface StorableSubmission {
  readonly id: string;
  readonly force: string;
  readonly channel: Channel;
  /** Idempotency-Key, or CloudEvents id: with force and channel, what a repeat is recognised by. */
  readonly key: string;
  readonly submittedBy: string;
  readonly traceparent: string | null;
  readonly checked: CheckedSubmission;
}

const submissionCheck = messageCheck('concordat.submit-request.v1');

/** Checks what a force sent, by whichever door. Throws a Refusal that names every fault. */
export function checkSubmission(types: RequestTypeDirectory, force: Force, body: unknown): CheckedSubmission {
  const errors = submissionCheck.faults(body, '');
  if (errors.length > 0)
    throw new Refusal('invalid-request', 'The submission does not have the fields it must have.', { errors });
  const submission = body as Submission;
  const type = types.route(force, submission.type, submission.version);
  const faults = payloadFaults(type.definition, type.check, submission.payload);
  if (faults.length > 0)
    throw new Refusal('invalid-payload', `The payload does not fit ${type.name}.`, { errors: faults });
  return {
    type,
    reference: submission.reference,
    payload: submission.payload,
    origin: submission.origin ?? null,
    contentHash: contentHash({
      type: type.name,
      reference: submission.reference,
      payload: submission.payload,
    }),
    scenario: force.sandbox ? scenarioOf(submission.reference) : null,
  };
}

/** What must not be in two transactions at once: the key and the reference. */
export function claimsOf({ force, channel, key, checked }: StorableSubmission): readonly [string, string] {
  return [`${force} ${channel} ${key}`, `${force} reference ${checked.reference}`];
}
