import { forceEventsTopic, refuseUnpublishable } from '#contracts';
import { newId } from '#kernel';
import type { PoolClient } from '#persistence';
import { beginLife, nextDue } from '#requests';
import { clockReadings, requestChanged } from '../request-changed.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { STORE_ARRIVALS } from './arrive.sql.ts';
import type { ReceivedSubmission } from './read-batch.ts';
import type { ReferenceNumbers } from './reference-numbers.ts';

/** Stores the new submissions, and returns their request ids; the others are repeats or conflicts. */
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
  { now, referenceOf, publishedAs }: ReferenceNumbers,
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
  // A throw ends the batch; the message then comes again alone and becomes a dead letter here.
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
    event: publishedAs ?? newId(),
    topic: publishedAs === undefined ? forceEventsTopic(force) : null,
    at: now,
    changed,
  };
}

function byInboxKey(left: ArrivalRow, right: ArrivalRow): number {
  if (left.force !== right.force) return left.force < right.force ? -1 : 1;
  return left.message < right.message ? -1 : 1;
}
