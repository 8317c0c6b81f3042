import {
  expectMessage,
  FORCE_MESSAGE_KINDS,
  FORCE_MESSAGES,
  forceMessageKindOf,
  problemDetails,
  Refusal,
  type ForceMessageKind,
  type ForwardedValue,
  type SubmittedRequest,
} from '#contracts';
import { contentHash, UNATTRIBUTED } from '#kernel';
import type { DeadLetter, Delivery, ReceivedMessage } from '#messaging';
import type { UnitRuntime } from '../unit-runtime.ts';
import type { WorkedType } from '../worked-type.ts';

const ACCEPTED_TYPES = [
  'concordat.request-submitted.v1',
  ...FORCE_MESSAGE_KINDS.map((kind) => FORCE_MESSAGES[kind].forwarded.type),
] as const;

interface ReceivedFields {
  readonly force: string;
  readonly messageId: string;
  /** The hash of the value; two messages with the same hash have the same content. */
  readonly contentHash: string;
  readonly traceparent: string | null;
  /** The message with its bytes, in case it becomes a dead letter. */
  readonly message: ReceivedMessage;
}

export interface ReceivedSubmission extends ReceivedFields {
  readonly kind: 'submission';
  readonly value: SubmittedRequest;
  readonly worked: WorkedType;
}

/** A message that a force sent about a request after it submitted it, as intake forwarded it. */
export type ReceivedFromForce = ReceivedFields &
  {
    readonly [Kind in ForceMessageKind]: { readonly kind: Kind; readonly value: ForwardedValue<Kind> };
  }[ForceMessageKind];

export interface ReadBatch {
  /** Each message id and each request id once. */
  readonly submissions: readonly ReceivedSubmission[];
  /** In the order of their arrival. */
  readonly fromForce: readonly ReceivedFromForce[];
  readonly refused: readonly DeadLetter[];
}

/**
 * Sorts a batch into messages to process and messages to refuse, without any I/O. It drops repeats inside the
 * batch.
 */
export function readBatch(unit: UnitRuntime, deliveries: readonly Delivery[]): ReadBatch {
  const submissions: ReceivedSubmission[] = [];
  const fromForce: ReceivedFromForce[] = [];
  const refused: DeadLetter[] = [];
  const hashes = new Map<string, string>();
  for (const delivery of deliveries) {
    try {
      const received = read(unit, delivery);
      const keys = [`message ${received.force} ${received.messageId}`];
      if (received.kind === 'submission') keys.push(`request ${received.force} ${received.value.requestId}`);
      const known = keys.map((key) => hashes.get(key)).find((hash) => hash !== undefined);
      if (known !== undefined) {
        if (known !== received.contentHash) refused.push(conflictOf(received));
        continue;
      }
      for (const key of keys) hashes.set(key, received.contentHash);
      if (received.kind === 'submission') submissions.push(received);
      else fromForce.push(received);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { owningForce } = delivery.envelope;
      refused.push({
        message: delivery.message,
        problem: error.problem,
        force: unit.serves(owningForce) ? owningForce : UNATTRIBUTED,
      });
    }
  }
  return { submissions, fromForce, refused };
}

/** The dead letter of a message whose id is already used for other content; the contents are never merged. */
export function conflictOf({ message, force, messageId }: ReceivedFields): DeadLetter {
  return {
    message,
    force,
    problem: problemDetails(
      'reference-conflict',
      `The id ${messageId}, or its request id, is already used for other content.`,
    ),
  };
}

function read(unit: UnitRuntime, { message, envelope }: Delivery): ReceivedSubmission | ReceivedFromForce {
  const { owningForce: force } = envelope;
  if (!unit.serves(force)) {
    throw new Refusal(
      'invalid-request',
      `The header ce_owningforce must name a force that this unit serves; it is ${String(force).slice(0, 40)}.`,
    );
  }
  const known = expectMessage(envelope, ACCEPTED_TYPES);
  if (known.subject !== undefined && known.subject !== known.value.requestId) {
    throw new Refusal('invalid-request', 'The header ce_subject must be the request id of the value.');
  }
  const received = {
    force,
    messageId: known.id,
    contentHash: contentHash(known.value),
    traceparent: known.traceparent ?? null,
    message,
  };
  if (known.type !== 'concordat.request-submitted.v1') {
    const kind = forceMessageKindOf('forwarded', known.type);
    return { ...received, kind, value: known.value } as ReceivedFromForce;
  }
  const worked = unit.declaredType(known.value.type, known.value.version);
  if (!worked) {
    throw new Refusal(
      'unknown-type',
      `The unit ${unit.definition.slug} does not accept ${known.value.type} version ${known.value.version}.`,
    );
  }
  // Only the fields are checked here. Intake has checked the rules over several fields before its 201. Some
  // rules compare with the present, and a clock that is a second behind would refuse an accepted request at
  // midnight.
  const errors = worked.payload.faults(known.value.payload);
  if (errors.length > 0)
    throw new Refusal('invalid-payload', `The payload is not valid for ${known.value.type}; see errors.`, {
      errors,
    });
  return { ...received, kind: 'submission', value: known.value, worked };
}
