import {
  expectMessage,
  FORCE_MESSAGE_KINDS,
  FORCE_MESSAGES,
  forceMessageKindOf,
  forcePrincipal,
  Refusal,
  type Envelope,
  type ForceMessageKind,
  type ProblemDetails,
} from '#contracts';
import { contentHash, newId, type Force } from '#kernel';
import type { Delivery } from '#messaging';
import { referenceIn, type RefusedSubmission } from '../../take-in/keep-refusals/refusal.store.ts';
import { forceMessageHash, type ForceMessage } from '../force-messages/force-message.ts';
import type { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';
import { checkSubmission, type StorableSubmission } from '../../take-in/submission.ts';

const ACCEPTED_TYPES = [
  'concordat.submit-request.v1',
  ...FORCE_MESSAGE_KINDS.map((kind) => FORCE_MESSAGES[kind].received.type),
] as const;

/** A message of a force's requests topic, as far as it can be read without the database. */
export type ReadMessage = {
  /** Describes the refusal to store if the message is not accepted. */
  readonly refusedFor: (problem: ProblemDetails) => RefusedSubmission;
} & (MessageContent | { readonly kind: 'refused'; readonly problem: ProblemDetails });

/**
 * Reads one message of the force that owns the topic. Never throws a Refusal: a fault becomes part of the
 * result.
 */
export function readMessage(
  types: RequestTypeDirectory,
  force: Force,
  { message, envelope }: Delivery,
): ReadMessage {
  const refusedFor = (problem: ProblemDetails): RefusedSubmission => ({
    channel: 'kafka',
    problem,
    repeatKey: `kafka ${storable(envelope.id)} ${contentHash(envelope.value)}`,
    reference: referenceIn(envelope.value),
    messageId: storable(envelope.id),
    receiptHash: problem.code === 'idempotency-key-reused' ? null : hashOf(envelope),
    body: envelope.value,
    place: `${message.topic}/${message.partition}/${message.offset}`,
    traceparent: envelope.traceparent ?? null,
    submittedBy: forcePrincipal(force.slug),
    lawEnforcement: types.mayBeLawEnforcement(envelope.value),
  });
  try {
    return { ...readEnvelope(types, force, envelope), refusedFor };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', problem: error.problem, refusedFor };
    throw error;
  }
}

type MessageContent =
  | { readonly kind: 'submission'; readonly submission: StorableSubmission }
  | { readonly kind: 'force-message'; readonly message: ForceMessage };

function readEnvelope(types: RequestTypeDirectory, force: Force, envelope: Envelope): MessageContent {
  if (envelope.owningForce !== undefined && envelope.owningForce !== force.slug) {
    throw new Refusal(
      'not-allowed',
      `The header ce_owningforce names another force, but this topic belongs to ${force.name}. Correct or remove the header.`,
    );
  }
  if (envelope.id.includes('\0'))
    throw new Refusal('invalid-request', 'The header ce_id contains NUL. Remove it.');
  const sent = {
    force: force.slug,
    channel: 'kafka',
    key: envelope.id,
    traceparent: envelope.traceparent ?? null,
  } as const;
  const principal = forcePrincipal(force.slug);
  if (envelope.type === 'concordat.submit-request.v1') {
    const checked = checkSubmission(types, force, 'kafka', envelope.value);
    return { kind: 'submission', submission: { ...sent, id: newId(), submittedBy: principal, checked } };
  }
  const kind = forceMessageKindOf(
    'received',
    expectMessage(envelope, ACCEPTED_TYPES).type,
  ) as ForceMessageKind;
  const content = contentOf(kind, envelope.value as object);
  return { kind: 'force-message', message: { ...sent, ...content, sentBy: principal } as ForceMessage };
}

/** Returns the hash under which the message's id counts as used. Made even for an invalid message. */
function hashOf({ type, value }: Envelope): string {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const kind = forceMessageKindOf('received', type);
  if (kind !== undefined) return forceMessageHash(contentOf(kind, fields));
  if (type !== 'concordat.submit-request.v1') return contentHash({ type, value });
  return contentHash({ type: fields['type'], reference: fields['reference'], payload: fields['payload'] });
}

/**
 * Returns the content of a message and the request that it names. Only the hash is made from a value that was
 * not checked.
 */
function contentOf(
  kind: ForceMessageKind,
  { requestId, ...fields }: { readonly requestId?: unknown },
): Pick<ForceMessage, 'kind' | 'requestId' | 'fields'> {
  return { kind, requestId: String(requestId), fields } as Pick<
    ForceMessage,
    'kind' | 'requestId' | 'fields'
  >;
}

function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
