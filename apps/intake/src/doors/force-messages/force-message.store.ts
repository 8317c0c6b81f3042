import { FORCE_MESSAGES, Refusal, unitRequestsTopic, type ForceReplied } from '#contracts';
import { newId } from '#kernel';
import { appendEvents, recordAccess, type PoolClient } from '#persistence';
import { storeSandboxMessage } from '../../sandbox/rehearsal.store.ts';
import { forceMessageHash, type ForceMessage } from './force-message.ts';
import { CHANGE_OF_KEY, KEEP_CHANGE, KEEP_REPLY } from './force-message.sql.ts';
import { judgeMessage, type JudgingContext } from './judge-message.ts';
import { readKnownRequest, type KnownRequest } from './known-request.ts';
import { isRepeat } from './receipts.ts';

/**
 * `changeId` is null for a reply, and for the repeat of a Kafka message that was refused: its refusal is
 * stored, and nothing else.
 */
export interface StoredForceMessage {
  readonly changeId: string | null;
  readonly repeated: boolean;
}

/**
 * Stores a message and forwards it to the unit, in the caller's transaction. The unit decides, because it
 * knows the state of the work; a message that it would certainly refuse is refused at once. A repeat under
 * the same key changes nothing. The request stays locked, so the unit reads messages about it in the order in
 * which they were stored.
 */
export async function storeForceMessage(
  client: PoolClient,
  context: JudgingContext,
  message: ForceMessage,
): Promise<StoredForceMessage> {
  const { kind, fields, force, channel, key, requestId, sentBy } = message;
  const { isChange, forwarded, command } = FORCE_MESSAGES[kind];
  const request = await readKnownRequest(client, force, requestId);
  if (!request) throw new Refusal('not-found', 'No request of this force has that id.');
  const hash = forceMessageHash(message);
  if (await isRepeat(client, force, channel, key, hash)) {
    const { rows } = await client.query<{ id: string }>({
      name: 'change-of-key',
      text: CHANGE_OF_KEY,
      values: [force, channel, key],
    });
    return { changeId: rows[0]?.id ?? null, repeated: true };
  }
  const { correctedPayload: payload } = await judgeMessage(client, context, request, message);
  const changeId = isChange ? newId() : null;
  const receipt = [force, channel, key, hash, requestId, request.at];
  await client.query(
    isChange
      ? {
          name: 'keep-change',
          text: KEEP_CHANGE,
          values: [...receipt, changeId, kind, sentBy, JSON.stringify(fields)],
        }
      : { name: 'keep-reply', text: KEEP_REPLY, values: receipt },
  );
  const time = request.at.toISOString();
  await appendEvents(client, [
    {
      owningForce: force,
      eventId: newId(),
      requestId,
      type: forwarded.type,
      time,
      traceparent: message.traceparent,
      topic: request.destination === 'unit' ? unitRequestsTopic(request.unit) : null,
      key: requestId,
      source: '/service/intake',
      data:
        message.kind === 'reply'
          ? forwardedReply(message, request)
          : { requestId, changeId, requestedAt: time, requestedBy: sentBy, ...fields },
    },
  ]);
  if (request.destination === 'sandbox') {
    const reason = 'reason' in fields ? fields.reason : undefined;
    await storeSandboxMessage(client, force, requestId, {
      kind: command,
      ...(changeId !== null && { changeId }),
      reason,
      payload,
    });
  }
  if (context.types.isLawEnforcement(request.type)) {
    await recordAccess(client, [
      { owningForce: force, person: sentBy, service: 'intake', operation: 'alteration', requestId },
    ]);
  }
  return { changeId, repeated: false };
}

function forwardedReply(
  { requestId, fields: { message, questionVersion }, version, sentBy }: ForceMessage<'reply'>,
  { sequence, at }: KnownRequest,
): ForceReplied {
  return {
    requestId,
    message,
    // If-Match may list several versions; the current one is among them.
    questionVersion: questionVersion ?? (version === undefined ? undefined : sequence),
    repliedAt: at.toISOString(),
    repliedBy: sentBy,
  };
}
