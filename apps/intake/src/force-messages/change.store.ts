import { Refusal, unitRequestsTopic } from '#contracts';
import { newId } from '#kernel';
import { appendEvents, recordAccess, type PoolClient } from '#persistence';
import { decide, INITIAL_STATE, type State } from '#requests';
import { refuseLateReopening } from '#unit';
import { isVersionRead, versionChanged } from '#web';
import type { ForceRegister } from '../force.register.ts';
import { onlyAnAgreedForceMayReopen } from '../know-agreements/agreement.store.ts';
import type { RequestTypeDirectory } from '../request-types/request-type.directory.ts';
import type { Heard } from '../sandbox/rehearsal.ts';
import { hear } from '../sandbox/rehearsal.store.ts';
import { isRepeat } from '../submit-request/receipts.ts';
import { soundCorrection } from './correction.ts';
import { CHANGE_MESSAGES, changeHash, type Says, type WantedChange } from './wanted-change.ts';

/** What a change is judged by, beside the request. */
export interface ChangeSurroundings {
  readonly types: RequestTypeDirectory;
  readonly forces: ForceRegister;
}

/** `changeId` is null for the repeat of a Kafka message that was refused: its refusal is kept, and nothing was stored. */
export interface StoredChange {
  readonly changeId: string | null;
  readonly repeated: boolean;
}

interface Standing {
  readonly unit: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly state: State | 'accepted';
  readonly sequence: number;
  /** A withdrawal or a reopening is on its way: where the request will stand is not known here. */
  readonly moving: boolean;
  readonly reopenUntil: string | null;
  /** Of a sandbox: in no unit. */
  readonly rehearsed: boolean;
  readonly at: Date;
}

/**
 * Keeps what the force wants and sends it to the unit, in the caller's transaction. The unit has the truth of the work and
 * decides: until it has answered, the change stands as requested. Refused at once where the request is known to be past
 * it, or is about to be withdrawn or reopened. The request's row is held, so what a force says of it reaches the unit in that order.
 */
export async function storeChange(
  client: PoolClient,
  { types, forces }: ChangeSurroundings,
  wanted: WantedChange,
): Promise<StoredChange> {
  const { force, channel, key, requestId, requestedBy } = wanted;
  const { kind, ...words } = wanted.says;
  const found = await client.query<Standing>({
    name: 'change-standing',
    text: `select request.unit, request.type, request.version as "typeVersion", progress.state, progress.sequence, date_trunc('milliseconds', now()) as at,
        to_char(progress.reopen_until, 'YYYY-MM-DD') as "reopenUntil",
        exists (select from change_of_mind where owning_force = $1 and request_id = $2 and kind in ('withdraw', 'reopen') and state = 'requested') as moving,
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
    return { changeId: rows[0]?.id ?? null, repeated: true };
  }
  const state = refuseWhatIsLate(request, wanted);
  const payload =
    wanted.says.kind === 'correct'
      ? await soundCorrection(
          client,
          types.find(request.type, request.typeVersion),
          { force, requestId, state },
          wanted.says.payload,
        )
      : {};
  if (wanted.says.kind === 'reopen') {
    refuseLateReopening(request.reopenUntil, request.at);
    if (!request.rehearsed) await onlyAnAgreedForceMayReopen(client, forces.named(force), request.unit);
  }
  const stamp = { requestId, changeId: newId(), requestedAt: request.at.toISOString(), requestedBy };
  const data = { ...stamp, ...words };
  await client.query({
    name: 'change-wanted',
    text: `with receipted as (
        insert into receipt (owning_force, channel, key, content_hash, request_id) values ($1, $3, $4, $5, $2)
      ), kept as (
        insert into change_of_mind (owning_force, id, request_id, kind, channel, key, requested_by, requested_at, says)
        values ($1, $6, $2, $9, $3, $4, $7, $8, $10)
      )
      update progress set updated_at = $8 where owning_force = $1 and request_id = $2`,
    values: [
      force,
      requestId,
      channel,
      key,
      changeHash(wanted),
      stamp.changeId,
      requestedBy,
      request.at,
      kind,
      JSON.stringify(words),
    ],
  });
  await appendEvents(client, [
    {
      owningForce: force,
      eventId: newId(),
      requestId,
      type: CHANGE_MESSAGES[kind].sent,
      time: stamp.requestedAt,
      traceparent: wanted.traceparent,
      topic: request.rehearsed ? null : unitRequestsTopic(request.unit),
      key: requestId,
      source: '/service/intake',
      data,
    },
  ]);
  if (request.rehearsed) await hear(client, force, requestId, heardOf(wanted.says, stamp.changeId, payload));
  if (types.isLawEnforcement(request.type)) {
    await recordAccess(client, [
      { owningForce: force, person: requestedBy, service: 'intake', operation: 'alteration', requestId },
    ]);
  }
  return { changeId: stamp.changeId, repeated: false };
}

/** What the sandbox needs of it. */
function heardOf(says: Says, changeId: string, payload: Record<string, unknown>): Heard {
  if (says.kind === 'withdraw' || says.kind === 'reopen') return { ...says, changeId };
  return says.kind === 'correct' ? { ...says, payload, changeId } : { kind: 'inform', changeId };
}

/** The state at the unit, as far as is known here; throws the Refusal of what is known to be past it. */
function refuseWhatIsLate(
  { state: shown, sequence, moving }: Standing,
  { requestId, says, version }: WantedChange,
): State {
  if (version !== undefined && !isVersionRead(sequence, version)) throw versionChanged(sequence);
  // Accepted is intake's own: the unit will have it in its queue before it hears of this.
  const state = shown === 'accepted' ? INITIAL_STATE : shown;
  // A force may do the same whatever the way of deciding.
  const request = { state, assignee: null, proposer: null };
  const decision = decide(request, says.kind, 'one-person', { role: 'force' });
  if (!decision.ok) throw new Refusal('not-in-this-state', decision.why, { requestId, state: shown });
  if (moving)
    throw new Refusal(
      'not-in-this-state',
      'A withdrawal or a reopening is on its way already; the unit has not answered yet.',
      {
        requestId,
      },
    );
  return state;
}
