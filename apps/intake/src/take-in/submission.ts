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

/**
 * A submission whose shape, type, payload and rules are valid. The agreement and earlier submissions are
 * checked when it is stored.
 */
export interface CheckedSubmission {
  readonly type: RoutedType;
  readonly reference: string;
  readonly payload: Record<string, unknown>;
  readonly origin: string | null;
  /**
   * The hash of type, reference and payload, which means "the same content". The origin is never compared.
   */
  readonly contentHash: string;
  readonly destination: Destination;
}

/** One submission that is to be stored. */
export interface StorableSubmission {
  readonly id: string;
  readonly force: string;
  readonly channel: Channel;
  /** The Idempotency-Key or CloudEvents id. Together with force and channel it identifies a repeat. */
  readonly key: string;
  readonly submittedBy: string;
  readonly traceparent: string | null;
  readonly checked: CheckedSubmission;
}

const submissionCheck = messageCheck('concordat.submit-request.v1');

/** Checks a submission of a force. Throws a Refusal that names every fault. */
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

/** Returns the key and the reference of a submission: two transactions may not store them at once. */
export function claimsOf({ force, channel, key, checked }: StorableSubmission): readonly [string, string] {
  return [`${force} ${channel} ${key}`, `${force} reference ${checked.reference}`];
}
