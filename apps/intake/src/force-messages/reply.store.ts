import { Refusal, unitRequestsTopic, type ForceReplied } from '#contracts';
import { contentHash, newId } from '#kernel';
import { appendEvents, recordAccess, type PoolClient } from '#persistence';
import { FINAL_STATES } from '#requests';
import { isVersionRead, versionChanged, type VersionRead } from '#web';
import type { RequestTypeDirectory } from '../request-types/request-type.directory.ts';
import { hear } from '../sandbox/rehearsal.store.ts';
import { isRepeat } from '../submit-request/receipts.ts';
import type { Channel } from '../submit-request/submission.ts';

/** A force's answer to what the unit asked. */
export interface Reply {
  readonly force: string;
  readonly channel: Channel;
  readonly key: string;
  readonly repliedBy: string;
  readonly traceparent: string | null;
  readonly requestId: string;
  readonly message: string;
  /** The version of the request that carried the question, where the force says it. */
  readonly questionVersion?: number | undefined;
  /** The version that the force read, from If-Match. */
  readonly version?: VersionRead | undefined;
}

interface Asked {
  readonly unit: string;
  readonly type: string;
  readonly state: string;
  readonly sequence: number;
  readonly askedVersion: number | null;
  readonly replied: boolean;
  readonly rehearsed: boolean;
  readonly at: Date;
}

export const replyHash = ({
  requestId,
  message,
  questionVersion,
}: Pick<Reply, 'requestId' | 'message' | 'questionVersion'>): string =>
  contentHash({ requestId, message, questionVersion });

/**
 * Sends a reply on to the unit, in the caller's transaction. Any open request takes one: a force may hear a question over
 * Kafka before intake has projected it, and to refuse its reply would use up the message id. Nobody waiting for it, the unit
 * keeps it as a note. Refused once the request is finished, or while its question has a reply already. A repeat under the same key changes nothing. The request's row is held, so replies and what the unit says of the
 * request are in one order.
 */
export async function storeReply(
  client: PoolClient,
  types: RequestTypeDirectory,
  reply: Reply,
): Promise<'sent' | 'repeat'> {
  const { force, channel, key, requestId, message } = reply;
  const asked = await client.query<Asked>({
    name: 'reply-asked',
    text: `select request.unit, request.type, progress.state, progress.sequence, progress.asked_version as "askedVersion", progress.replied, date_trunc('milliseconds', now()) as at,
        exists (select from rehearsal where owning_force = $1 and request_id = $2) as rehearsed
      from progress join request on request.owning_force = progress.owning_force and request.id = progress.request_id
      where progress.owning_force = $1 and progress.request_id = $2 for update of progress`,
    values: [force, requestId],
  });
  const request = asked.rows[0];
  if (!request) throw new Refusal('not-found', 'No request of this force has that id.');
  if (await isRepeat(client, force, channel, key, replyHash(reply))) return 'repeat';
  refuseLateReply(request, reply);
  if (FINAL_STATES.some((state) => state === request.state)) {
    throw new Refusal('not-in-this-state', `Nobody would read the reply: the request is ${request.state}.`, {
      requestId,
    });
  }
  if (request.state === 'waiting-for-force' && request.replied)
    throw new Refusal(
      'not-in-this-state',
      'The question has a reply already; the unit has not taken it yet.',
      { requestId },
    );
  await client.query({
    name: 'reply-sent',
    text: `with receipted as (insert into receipt (owning_force, channel, key, content_hash, request_id) values ($1, $2, $3, $4, $5))
      update progress set replied = true, updated_at = $6 where owning_force = $1 and request_id = $5`,
    values: [force, channel, key, replyHash(reply), requestId, request.at],
  });
  // Whatever If-Match listed, one of it is where the request stands.
  const questionVersion =
    reply.questionVersion ?? (reply.version === undefined ? undefined : request.sequence);
  const data: ForceReplied = {
    requestId,
    message,
    ...(questionVersion !== undefined && { questionVersion }),
    repliedAt: request.at.toISOString(),
    repliedBy: reply.repliedBy,
  };
  await appendEvents(client, [
    {
      owningForce: force,
      eventId: newId(),
      requestId,
      type: 'concordat.force-replied.v1',
      time: data.repliedAt,
      traceparent: reply.traceparent,
      topic: request.rehearsed ? null : unitRequestsTopic(request.unit),
      key: requestId,
      source: '/service/intake',
      data,
    },
  ]);
  if (request.rehearsed) await hear(client, force, requestId, { kind: 'reply' });
  if (types.isLawEnforcement(request.type)) {
    await recordAccess(client, [
      { owningForce: force, person: reply.repliedBy, service: 'intake', operation: 'alteration', requestId },
    ]);
  }
  return 'sent';
}

/**
 * The question may have been taken back and another asked since the force read it. A later version than intake knows is left
 * to the unit: a force can read the question on its topic before intake has projected it.
 */
function refuseLateReply({ sequence, askedVersion }: Asked, { version, questionVersion }: Reply): void {
  if (version !== undefined && !isVersionRead(sequence, version)) throw versionChanged(sequence);
  if (questionVersion !== undefined && askedVersion !== null && questionVersion < askedVersion)
    throw versionChanged(sequence);
}
