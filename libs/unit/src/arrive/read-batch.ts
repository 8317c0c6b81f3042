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

const TAKEN = [
  'concordat.request-submitted.v1',
  ...FORCE_MESSAGE_KINDS.map((kind) => FORCE_MESSAGES[kind].forwarded.type),
] as const;

interface Received {
  readonly force: string;
  readonly messageId: string;
  /** The hash of the value: two messages with the same hash say the same. */
  readonly contentHash: string;
  readonly traceparent: string | null;
  /** Kept to its bytes, in case it must become a dead letter after all. */
  readonly message: ReceivedMessage;
}

export interface ReceivedSubmission extends Received {
  readonly kind: 'submission';
  readonly value: SubmittedRequest;
  readonly worked: WorkedType;
}

/** A message that a force sent about a request after it submitted it, as intake forwarded it. */
export type ReceivedFromForce = Received &
  {
    readonly [Kind in ForceMessageKind]: { readonly kind: Kind; readonly value: ForwardedValue<Kind> };
  }[ForceMessageKind];

export interface ReadBatch {
  /** Each message id and each request id once. */
  readonly submissions: readonly ReceivedSubmission[];
  /** In the order they came. */
  readonly fromForce: readonly ReceivedFromForce[];
  readonly refused: readonly DeadLetter[];
}

/** Sorts what a batch holds into what can be taken and what cannot, without any I/O. A repeat inside the batch is dropped. */
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

/** The dead letter of a message whose id already stands for other content: kept, and nothing is merged. */
export function conflictOf({ message, force, messageId }: Received): DeadLetter {
  return {
    message,
    force,
    problem: problemDetails(
      'reference-conflict',
      `The id ${messageId}, or its request id, already stands for other content.`,
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
  const known = expectMessage(envelope, TAKEN);
  if (known.subject !== undefined && known.subject !== known.value.requestId) {
    throw new Refusal('invalid-request', 'The header ce_subject and the request id of the value differ.');
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
      `The unit ${unit.definition.slug} does not take ${known.value.type} version ${known.value.version}.`,
    );
  }
  // Fields only. Rules over several were held by intake before its 201; some compare with the present, and this machine's
  // clock, a second behind at midnight, would make a dead letter of what was accepted.
  const errors = worked.payload.faults(known.value.payload);
  if (errors.length > 0)
    throw new Refusal('invalid-payload', `The payload does not fit ${known.value.type}.`, { errors });
  return { ...received, kind: 'submission', value: known.value, worked };
}
