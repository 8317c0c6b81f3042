import { expectMessage, type Envelope, type SubmittedRequest } from '#contracts';
import { contentHash } from '#kernel';
import { readDelivery, type ReceivedMessage } from '#messaging';
import type { Database } from '#persistence';
import type { RequestTypeDirectory } from '../request-types/request-type.directory.ts';

/** What was done, and what is left for people. */
export interface CaughtUp {
  /** Requests that were lost and are here again, under the ids that their forces were given. */
  readonly arrived: number;
  /** Ids of requests whose reference stands under another id by now: a force sent it again before this ran. */
  readonly underAnotherId: readonly string[];
}

/**
 * Request, progress, event and log entry as STORE_SUBMISSIONS wrote them; published they were already. What was known of
 * the sender's key is not on the topic: a repeat is recognised by its reference.
 */
const RESTORE_SUBMISSIONS = `
with item as materialized (
  select * from json_to_recordset($1) as item (
    n integer, force text, id uuid, hash text, reference text, type text, version smallint, unit text, channel text, submitter text,
    agreement text, received timestamptz, trace text, logged boolean, payload json, data json)
), lost as materialized (
  select item.* from item where not exists (select from request where owning_force = force and request.id = item.id)
), stored as (
  insert into request (owning_force, id, reference, type, version, unit, payload, content_hash, channel, submitted_by, agreement_id, received_at)
  select force, id, reference, type, version, unit, payload, hash, channel, submitter, agreement, received from lost order by force, reference
  on conflict do nothing returning owning_force, id
), here as materialized (
  select lost.* from lost join stored on stored.owning_force = force and stored.id = lost.id
), begun as (
  insert into progress (owning_force, request_id, state, updated_at) select force, id, 'accepted', received from here order by n
), told as (
  insert into event (owning_force, event_id, request_id, type, time, traceparent, source, data)
  select force, id, id, 'concordat.request-submitted.v1', received, trace, '/service/intake', data from here order by n
), entered as (
  insert into access_log (owning_force, person, service, operation, request_id, reason)
  select force, submitter, 'intake', 'collection', id, 'after a restore, from the topic of its unit' from here where logged order by n
)
select lost.id, here.id is not null as here from lost left join here on here.id = lost.id`;

/**
 * Brings a database that was restored to an earlier moment up to what the units were sent, out of their topics: each request is
 * here again under the id that its force was given. Again, it changes nothing.
 */
export class CatchUp {
  private arrived = 0;
  private readonly underAnotherId: string[] = [];

  constructor(
    private readonly database: Database,
    private readonly types: RequestTypeDirectory,
  ) {}

  /** A batch of a unit's topic. */
  async takeSubmitted(unit: string, messages: readonly ReceivedMessage[]): Promise<void> {
    // The relay sends again after a doubt: the same twice in one batch.
    const submitted = [
      ...new Map(
        messages.flatMap(readable).map((one) => [`${one.owningForce} ${one.value.requestId}`, one]),
      ).values(),
    ];
    if (submitted.length === 0) return;
    const forces = [...new Set(submitted.map(({ owningForce }) => owningForce as string))];
    const rows = submitted.map(({ owningForce, traceparent, value }, n) =>
      this.rowOf(n, owningForce as string, unit, value, traceparent),
    );
    const { rows: lost } = await this.database.transaction(forces, (client) =>
      client.query<{ id: string; here: boolean }>({
        name: 'restore-submissions',
        text: RESTORE_SUBMISSIONS,
        values: [JSON.stringify(rows)],
      }),
    );
    this.arrived += lost.filter(({ here }) => here).length;
    this.underAnotherId.push(...lost.filter(({ here }) => !here).map(({ id }) => id));
  }

  report(): CaughtUp {
    return { arrived: this.arrived, underAnotherId: this.underAnotherId };
  }

  private rowOf(
    n: number,
    force: string,
    unit: string,
    value: SubmittedRequest,
    trace: string | undefined,
  ): object {
    const {
      requestId,
      type,
      version,
      forceReference: reference,
      payload,
      receivedAt,
      channel,
      submittedBy,
      agreementId,
    } = value;
    return {
      ...{
        n,
        force,
        id: requestId,
        reference,
        type,
        version,
        unit,
        channel,
        payload,
        data: value,
        trace: trace ?? null,
      },
      ...{
        hash: contentHash({ type, reference, payload }),
        submitter: submittedBy,
        agreement: agreementId,
        received: receivedAt,
      },
      logged: this.types.mayBeLawEnforcement({ type }),
    };
  }
}

/** None for replies and changes of mind: the unit takes those again. */
function readable(message: ReceivedMessage): Envelope<SubmittedRequest>[] {
  try {
    const { envelope } = readDelivery(message);
    const known = expectMessage(envelope, ['concordat.request-submitted.v1']);
    return known.owningForce === undefined ? [] : [known];
  } catch {
    return [];
  }
}
