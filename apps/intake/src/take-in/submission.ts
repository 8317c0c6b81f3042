import { messageCheck, Refusal, type Submission } from '#contracts';
import { contentHash, type Force } from '#kernel';
import { payloadFaults } from '#unit';
import type { Channel } from '../registers/channel.ts';
import type {
  Destination,
  RequestTypeDirectory,
  RoutedType,
} from '../registers/request-types/request-type.directory.ts';
import { refuseByScenario } from '../sandbox/refuse-by-scenario.ts';

/** A submission that may be stored: its shape, type, payload and rules are sound. The gate and earlier ones are asked as it is stored. */
export interface CheckedSubmission {
  readonly type: RoutedType;
  readonly reference: string;
  readonly payload: Record<string, unknown>;
  readonly origin: string | null;
  /** Of type, reference and payload: what "the same content" means. Origin is never compared. */
  readonly contentHash: string;
  readonly destination: Destination;
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

/** Checks what a force submits. Throws a Refusal that names every fault. */
export function checkSubmission(
  types: RequestTypeDirectory,
  force: Force,
  channel: Channel,
  body: unknown,
): CheckedSubmission {
  const errors = submissionCheck.faults(body, '');
  if (errors.length > 0)
    throw new Refusal('invalid-request', 'The submission is not valid; see errors.', { errors });
  const submission = body as Submission;
  const { type, destination } = types.route(force, submission.type, submission.version);
  const faults = payloadFaults(type.definition, type.check, submission.payload);
  if (faults.length > 0)
    throw new Refusal('invalid-payload', `The payload is not valid for ${type.name}; see errors.`, {
      errors: faults,
    });
  if (destination === 'sandbox')
    refuseByScenario({ reference: submission.reference, unit: type.unit }, channel);
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
    destination,
  };
}

/** What must not be in two transactions at once: the key and the reference. */
export function claimsOf({ force, channel, key, checked }: StorableSubmission): readonly [string, string] {
  return [`${force} ${channel} ${key}`, `${force} reference ${checked.reference}`];
}
