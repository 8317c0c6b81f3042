import { Refusal, unitRequestsTopic, type WithdrawalRequested } from '#contracts';
import { contentHash, newId } from '#kernel';
import { appendEvents, recordAccess, type PoolClient } from '#persistence';
import { decideTransition, INITIAL_STATE, type State } from '#requests';
import { versionChanged } from '#web';
import type { RequestTypeDirectory } from '../request-types/request-type.directory.ts';
import { isRepeat } from '../submit-request/receipts.ts';
import type { Channel } from '../submit-request/submission.ts';

/** A force wants its request back. */
export interface WantedWithdrawal {
  readonly force: string;
  readonly channel: Channel;
  readonly key: string;
  readonly requestedBy: string;
  readonly traceparent: string | null;
  readonly requestId: string;
  readonly reason: string;
  /** The version that the force read, where it said so. */
  readonly version?: number | undefined;
}

export interface StoredChange {
  readonly changeId: string;
  readonly repeated: boolean;
}

interface Standing {
  readonly unit: string;
  readonly type: string;
  readonly state: State | 'accepted';
  readonly sequence: number;
  readonly pending: boolean;
  readonly at: Date;
}

export const withdrawalHash = ({ requestId, reason }: Pick<WantedWithdrawal, 'requestId' | 'reason'>): string =>
  contentHash({ withdraw: requestId, reason });

/**
 * Keeps what the force wants and sends it to the unit, in the caller's transaction. The unit has the truth of the work and
 * decides: until it has answered, the change stands as requested. Refused at once where the request is known to be past
 * it, or wants the same already. The request's row is held, so what a force says of it reaches the unit in that order.
 */
export async function storeWithdrawal(client: PoolClient, types: RequestTypeDirectory, wanted: WantedWithdrawal): Promise<StoredChange> {
  const { force, channel, key, requestId, reason, requestedBy } = wanted;
  const found = await client.query<Standing>({
    name: 'change-standing',
    text: `select request.unit, request.type, progress.state, progress.sequence, date_trunc('milliseconds', now()) as at,
        exists (select from change_of_mind where owning_force = $1 and request_id = $2 and kind = 'withdraw' and state = 'requested') as pending
      from progress join request on request.owning_force = progress.owning_force and request.id = progress.request_id
      where progress.owning_force = $1 and progress.request_id = $2 for update of progress`,
    values: [force, requestId],
  });
  const request = found.rows[0];
  if (!request) throw new Refusal('not-found', 'No request of this force has that id.');
  if (await isRepeat(client, force, channel, key, withdrawalHash(wanted))) {
    const { rows } = await client.query<{ id: string }>({
      name: 'change-of-key',
      text: 'select id from change_of_mind where owning_force = $1 and channel = $2 and key = $3',
      values: [force, channel, key],
    });
    return { changeId: (rows[0] as { id: string }).id, repeated: true };
  }
  refuseWhatIsLate(request, wanted);
  const data: WithdrawalRequested = { requestId, changeId: newId(), reason, requestedAt: request.at.toISOString(), requestedBy };
  await client.query({
    name: 'change-wanted',
    text: `with receipted as (
        insert into receipt (owning_force, channel, key, content_hash, request_id) values ($1, $3, $4, $5, $2)
      ), kept as (
        insert into change_of_mind (owning_force, id, request_id, kind, channel, key, requested_by, requested_at)
        values ($1, $6, $2, 'withdraw', $3, $4, $7, $8)
      )
      update progress set updated_at = $8 where owning_force = $1 and request_id = $2`,
    values: [force, requestId, channel, key, withdrawalHash(wanted), data.changeId, requestedBy, request.at],
  });
  await appendEvents(client, [
    {
      owningForce: force,
      eventId: newId(),
      requestId,
      type: 'concordat.withdrawal-requested.v1',
      time: data.requestedAt,
      traceparent: wanted.traceparent,
      topic: unitRequestsTopic(request.unit),
      key: requestId,
      source: '/service/intake',
      data,
    },
  ]);
  if (types.isLawEnforcement(request.type)) {
    await recordAccess(client, [{ owningForce: force, person: requestedBy, service: 'intake', operation: 'alteration', requestId }]);
  }
  return { changeId: data.changeId, repeated: false };
}

function refuseWhatIsLate({ state, sequence, pending }: Standing, { requestId, version }: WantedWithdrawal): void {
  if (version !== undefined && version !== sequence) throw versionChanged(sequence);
  const decision = decideTransition({
    command: 'withdraw',
    // Accepted is intake's own: the unit will have it in its queue before it hears of this.
    state: state === 'accepted' ? INITIAL_STATE : state,
    // A force may do the same whatever the way of deciding.
    decision: 'one-person',
    role: 'force',
    isAssignee: false,
    isProposer: false,
  });
  if (!decision.ok) throw new Refusal('not-in-this-state', decision.why, { requestId, state });
  if (pending) throw new Refusal('not-in-this-state', 'The unit has been asked for this already and has not answered yet.', { requestId });
}
