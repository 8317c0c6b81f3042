import { forceEventsTopic, refuseUnpublishable } from '#contracts';
import { newId } from '#kernel';
import type { PoolClient } from '#persistence';
import { beginLife, nextDue } from '#requests';
import { clockReadings, requestChanged } from '../request-changed.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import type { ReceivedSubmission } from './read-batch.ts';
import type { ReferenceNumbers } from './reference-numbers.ts';

/**
 * Inbox, request, task, event and access log of a whole batch in one statement fed by one JSON parameter: 8 times what
 * single statements reach (docs/reference/bench.md). Rows come in the order of the inbox's key, so that two replicas
 * that were given the same messages wait for each other and never in a circle.
 *
 * "in (…) is true" looks each row up in a hash: as a join it would compare each with each, for the planner may not hash
 * joins here (decision 0011).
 */
const STORE_ARRIVALS = `
with arriving as materialized (
  select * from json_to_recordset($1) as arriving (
    n integer, force text, message text, hash text, id uuid, type text, version smallint, reference text, unit_reference text,
    payload json, received timestamptz, channel text, submitter text, agreement text, trace text,
    risk smallint, due timestamptz, clocks json, event uuid, topic text, at timestamptz, changed json)
), taken as (
  insert into inbox (owning_force, message_id, content_hash, received_at)
  select force, message, hash, at from arriving
  on conflict (owning_force, message_id) do nothing
  returning owning_force, message_id
), stored as (
  insert into request (owning_force, id, type, version, force_reference, unit_reference, payload, content_hash,
                       received_at, arrived_at, channel, submitted_by, agreement_id, traceparent)
  select force, id, type, version, reference, unit_reference, payload, hash, received, at, channel, submitter, agreement, trace
  from arriving where ((force, message) in (select owning_force, message_id from taken)) is true
  order by force, id
  on conflict (owning_force, id) do nothing
  returning owning_force, id
), fresh as (
  select * from arriving where ((force, id) in (select owning_force, id from stored)) is true
), queued as (
  insert into task (owning_force, id, type, due_at, risk, clocks, updated_at)
  select force, id, type, coalesce(due, 'infinity'), risk, clocks, at from fresh order by n
), told as (
  insert into event (owning_force, event_id, request_id, type, time, traceparent, topic, key, source, data, person)
  select force, event, id, 'concordat.request-queued.v1', at, trace, topic, id::text, $2, changed, submitter from fresh order by n
), collected as (
  insert into access_log (owning_force, person, service, operation, request_id)
  select force, submitter, $3, 'collection', id from fresh order by n
)
select id from stored`;

/** Stores what is new of the submissions, and returns their request ids; the others are repeats or conflicts. */
export async function storeArrivals(
  client: PoolClient,
  unit: UnitRuntime,
  submissions: readonly ReceivedSubmission[],
  numbers: ReferenceNumbers,
): Promise<Set<string>> {
  const rows = submissions
    .map((submission, index) => arrivalRow(unit, submission, index, numbers))
    .sort(byInboxKey);
  const stored = await client.query<{ id: string }>({
    name: 'store-arrivals',
    text: STORE_ARRIVALS,
    values: [JSON.stringify(rows), unit.source, unit.definition.slug],
  });
  return new Set(stored.rows.map(({ id }) => id));
}

interface ArrivalRow {
  readonly force: string;
  readonly message: string;
  readonly [column: string]: unknown;
}

function arrivalRow(
  unit: UnitRuntime,
  submission: ReceivedSubmission,
  n: number,
  { now, referenceOf, toldAs }: ReferenceNumbers,
): ArrivalRow {
  const { value, worked, force } = submission;
  const { clocks: definitions, risk } = worked.type;
  const life = beginLife(definitions, value.payload, value.receivedAt, unit.calendar);
  const { clocks } = life;
  const unitReference = referenceOf(n);
  const about = {
    requestId: value.requestId,
    forceReference: value.forceReference,
    unit: unit.definition.slug,
    type: value.type,
    unitReference,
    at: now,
    clocks: clockReadings(clocks, now, unit.calendar),
  };
  const changed = requestChanged(about, life);
  // Thrown out of the batch, it comes again alone and becomes a dead letter here.
  refuseUnpublishable('concordat.request-queued.v1', changed);
  return {
    n,
    force,
    message: submission.messageId,
    hash: submission.contentHash,
    id: value.requestId,
    type: value.type,
    version: value.version,
    reference: value.forceReference,
    unit_reference: unitReference,
    payload: value.payload,
    received: value.receivedAt,
    channel: value.channel,
    submitter: value.submittedBy,
    agreement: value.agreementId,
    trace: submission.traceparent,
    risk: typeof risk === 'function' ? risk(value.payload) : risk,
    due: nextDue(clocks),
    clocks,
    event: toldAs ?? newId(),
    topic: toldAs === undefined ? forceEventsTopic(force) : null,
    at: now,
    changed,
  };
}

function byInboxKey(left: ArrivalRow, right: ArrivalRow): number {
  if (left.force !== right.force) return left.force < right.force ? -1 : 1;
  return left.message < right.message ? -1 : 1;
}
