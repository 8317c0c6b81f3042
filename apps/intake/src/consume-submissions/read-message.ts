import {
  expectMessage,
  forcePrincipal,
  Refusal,
  type Envelope,
  type MessageValue,
  type ProblemDetails,
} from '#contracts';
import { contentHash, newId, type Force } from '#kernel';
import type { Delivery } from '#messaging';
import { referenceIn, type RefusedSubmission } from '../keep-refusals/refusal.store.ts';
import {
  CHANGE_MESSAGES,
  changeHash,
  changeKindOf,
  type ChangeMessage,
  type Says,
  type WantedChange,
} from '../force-messages/wanted-change.ts';
import { replyHash, type Reply } from '../force-messages/reply.store.ts';
import type { RequestTypeDirectory } from '../request-types/request-type.directory.ts';
import { refuseAsRehearsed } from '../sandbox/refuse-as-rehearsed.ts';
import { checkSubmission, type StorableSubmission } from '../submit-request/submission.ts';

/** What a force says of a request it has sent. */
type Afterwards = 'concordat.reply-to-question.v1' | ChangeMessage;
const TAKEN = [
  'concordat.submit-request.v1',
  'concordat.reply-to-question.v1',
  ...Object.values(CHANGE_MESSAGES).map(({ asked }) => asked),
] as const;

/** What a message on a force's requests topic is, before the database is asked. */
export type ReadMessage = {
  /** How it is kept when it is not taken, with this reason. */
  readonly refusedFor: (problem: ProblemDetails) => RefusedSubmission;
} & (
  | { readonly kind: 'submission'; readonly submission: StorableSubmission }
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'change'; readonly change: WantedChange }
  | { readonly kind: 'refused'; readonly problem: ProblemDetails }
);

/** Reads one message of the force whose topic it is. Never throws a Refusal: what is wrong becomes part of the result. */
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

type Read =
  | { kind: 'submission'; submission: StorableSubmission }
  | { kind: 'reply'; reply: Reply }
  | { kind: 'change'; change: WantedChange };

function readEnvelope(types: RequestTypeDirectory, force: Force, envelope: Envelope): Read {
  if (envelope.owningForce !== undefined && envelope.owningForce !== force.slug) {
    throw new Refusal(
      'not-allowed',
      `This topic is ${force.name}'s: its messages cannot belong to another force.`,
    );
  }
  if (envelope.id.includes('\0')) throw new Refusal('invalid-request', 'The header ce_id holds NUL.');
  const sent = {
    force: force.slug,
    channel: 'kafka',
    key: envelope.id,
    traceparent: envelope.traceparent ?? null,
  } as const;
  const principal = forcePrincipal(force.slug);
  if (envelope.type === 'concordat.submit-request.v1') {
    const checked = checkSubmission(types, force, envelope.value);
    refuseAsRehearsed(checked, 'kafka');
    return { kind: 'submission', submission: { ...sent, id: newId(), submittedBy: principal, checked } };
  }
  const known = expectMessage(envelope, TAKEN) as {
    [T in Afterwards]: Envelope<MessageValue<T>> & { readonly type: T };
  }[Afterwards];
  if (known.type === 'concordat.reply-to-question.v1')
    return { kind: 'reply', reply: { ...sent, ...known.value, repliedBy: principal } };
  return { kind: 'change', change: { ...sent, requestedBy: principal, ...wordsIn(known.type, known.value) } };
}

/** The hash under which the message's id counts as used: as its own kind hashes it, whatever is wrong with it. */
function hashOf({ type, value }: Envelope): string {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (type === 'concordat.submit-request.v1') {
    return contentHash({ type: fields['type'], reference: fields['reference'], payload: fields['payload'] });
  }
  if (changeKindOf(type) !== undefined) return changeHash(wordsIn(type as ChangeMessage, fields));
  return replyHash({
    requestId: String(fields['requestId']),
    message: String(fields['message']),
    questionVersion: fields['questionVersion'] as number | undefined,
  });
}

/** The request and what is said of it: of a value that was checked, or of one that is only hashed. */
function wordsIn(
  type: ChangeMessage,
  { requestId, ...words }: { readonly requestId?: unknown },
): Pick<WantedChange, 'requestId' | 'says'> {
  return { requestId: String(requestId), says: { kind: changeKindOf(type), ...words } as Says };
}

function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
