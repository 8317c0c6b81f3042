import { Refusal, unitRequestsTopic } from '#contracts';
import { contentHash, newId } from '#kernel';
import { appendEvents, recordAccess, type PoolClient } from '#persistence';
import { decideTransition, INITIAL_STATE, type State } from '#requests';
import { versionChanged } from '#web';
import type { RequestTypeDirectory } from '../request-types/request-type.directory.ts';
import type { Heard } from '../sandbox/rehearsal.ts';
import { hear } from '../sandbox/rehearsal.store.ts';
import { isRepeat } from '../submit-request/receipts.ts';
import type { Channel } from '../submit-request/submission.ts';

/** What a force may want of a request after it sent it, each kind with its words. */
export type Says = { readonly kind: 'withdraw'; readonly reason: string } | { readonly kind: 'inform'; readonly message: string };

/** A force has changed its mind about a request, or knows more of it. */
export interface WantedChange {
  readonly force: string;
  readonly channel: Channel;
  readonly key: string;
  readonly requestedBy: string;
  readonly traceparent: string | null;
  readonly requestId: string;
  readonly says: Says;
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
  /** A withdrawal is on its way. */
  readonly leaving: boolean;
  /** Of a sandbox: in no unit. */
  readonly rehearsed: boolean;
  readonly at: Date;
}

/** As what each kind goes to the unit. */
const SENT = { withdraw: 'concordat.withdrawal-requested.v1', inform: 'concordat.information-added.v1' } as const;

export const changeHash = ({ requestId, says }: Pick<WantedChange, 'requestId' | 'says'>): string => contentHash({ requestId, ...says });

/**
 * Keeps what the force wants and sends it to the unit, in the caller's transaction. The unit has the truth of the work and
 * decides: until it has answered, the change stands as requested. Refused at once where the request is known to be past
 * it, or is about to be withdrawn. The request's row is held, so what a force says of it reaches the unit in that order.
 */
export async function storeChange(client: PoolClient, types: RequestTypeDirectory, wanted: WantedChange): Promise<StoredChange> {
  const { force, channel, key, requestId, requestedBy } = wanted;
  const { kind, ...words } = wanted.says;
  const found = await client.query<Standing>({
    name: 'change-standing',
    text: `select request.unit, request.type, progress.state, progress.sequence, date_trunc('milliseconds', now()) as at,
        exists (select from change_of_mind where owning_force = $1 and request_id = $2 and kind = 'withdraw' and state = 'requested') as leaving,
        exists (select from rehearsal where owning_force = $1 and request_id = $2) as rehearsed
      from progress join request on request.owning_force = progress.owning_force and request.id = progress.request_id
      where progress.owning_force = $1 and progress.request_id = $2 for update of progress`,
    values: [force, requestId],
  });
  const request = found.rows[0];
  if (!request) throw new Refusal('not-found', 'No request of this force has that id.');
  if (await isRepeat(client, force, channel, key, changeHash(wanted))) {
    const { rows } = await client.query<{ id: string }>({
      name: 'change-of-key',
      text: 'select id from change_of_mind where owning_force = $1 and channel = $2 and key = $3',
      values: [force, channel, key],
    });
    return { changeId: (rows[0] as { id: string }).id, repeated: true };
  }
  refuseWhatIsLate(request, wanted);
  const stamp = { requestId, changeId: newId(), requestedAt: request.at.toISOString(), requestedBy };
  const data = { ...stamp, ...words };
  await client.query({
    name: 'change-wanted',
    text: `with receipted as (
        insert into receipt (owning_force, channel, key, content_hash, request_id) values ($1, $3, $4, $5, $2)
      ), kept as (
        insert into change_of_mind (owning_force, id, request_id, kind, channel, key, requested_by, requested_at)
        values ($1, $6, $2, $9, $3, $4, $7, $8)
      )
      update progress set updated_at = $8 where owning_force = $1 and request_id = $2`,
    values: [force, requestId, channel, key, changeHash(wanted), stamp.changeId, requestedBy, request.at, kind],
  });
  await appendEvents(client, [
    {
      owningForce: force,
      eventId: newId(),
      requestId,
      type: SENT[kind],
      time: stamp.requestedAt,
      traceparent: wanted.traceparent,
      topic: request.rehearsed ? null : unitRequestsTopic(request.unit),
      key: requestId,
      source: '/service/intake',
      data,
    },
  ]);
  if (request.rehearsed) await hear(client, force, requestId, heardOf(wanted.says, stamp.changeId));
  if (types.isLawEnforcement(request.type)) {
    await recordAccess(client, [{ owningForce: force, person: requestedBy, service: 'intake', operation: 'alteration', requestId }]);
  }
  return { changeId: stamp.changeId, repeated: false };
}

/** What the sandbox needs of it. */
function heardOf(says: Says, changeId: string): Heard {
  return says.kind === 'withdraw' ? { ...says, changeId } : { kind: 'inform', changeId };
}

function refuseWhatIsLate({ state, sequence, leaving }: Standing, { requestId, says, version }: WantedChange): void {
  if (version !== undefined && version !== sequence) throw versionChanged(sequence);
  const decision = decideTransition({
    command: says.kind,
    // Accepted is intake's own: the unit will have it in its queue before it hears of this.
    state: state === 'accepted' ? INITIAL_STATE : state,
    // A force may do the same whatever the way of deciding.
    decision: 'one-person',
    role: 'force',
    isAssignee: false,
    isProposer: false,
  });
  if (!decision.ok) throw new Refusal('not-in-this-state', decision.why, { requestId, state });
  if (leaving) throw new Refusal('not-in-this-state', 'A withdrawal is on its way already; the unit has not answered yet.', { requestId });
}
