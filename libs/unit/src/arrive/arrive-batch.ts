import { failpoint, type Delivery } from '#messaging';
import type { PoolClient } from '#persistence';
import type { UnitRuntime } from '../unit-runtime.ts';
import { CONFLICTS_AMONG } from './arrive.sql.ts';
import { conflictOf, readBatch, type ReceivedSubmission } from './read-batch.ts';
import { receiveFromForce } from './receive-from-force.ts';
import { storeTerms } from '../search-requests/keep-terms.ts';
import { takeReferenceNumbers, type ReferenceNumbers } from './reference-numbers.ts';
import { storeArrivals } from './store-arrivals.ts';
import { keepUntaken, keepUntakenIn } from './untaken-requests.ts';

/**
 * Processes one batch of the unit's topic in one transaction. A new request is stored with task, event and
 * log entry, a repeat changes nothing, and a message that cannot be accepted is kept with its reason. After a
 * throw, nothing of the batch is stored.
 *
 * Messages that are refused without the database are kept before the transaction; if its commit fails, the
 * batch comes again, and to keep them again changes nothing. Conflicts are kept in the transaction itself: a
 * second connection could wait for staff, while staff wait for the rows of this batch.
 */
export async function arriveBatch(unit: UnitRuntime, deliveries: readonly Delivery[]): Promise<void> {
  const { submissions, fromForce, refused } = readBatch(unit, deliveries);
  await keepUntaken(unit, refused, new Set(submissions.map(({ value }) => value.requestId)));
  if (submissions.length === 0 && fromForce.length === 0) return;
  const numbers =
    submissions.length > 0
      ? await takeReferenceNumbers(unit.database, unit.definition.referencePrefix, submissions.length)
      : undefined;
  const forces = [...new Set([...submissions, ...fromForce].map(({ force }) => force))];
  await unit.database.transaction(forces, async (client) => {
    // Submissions come first, because every other message about a request follows it on its partition.
    if (numbers) await takeSubmissions(client, unit, submissions, numbers);
    await receiveFromForce(client, unit, fromForce);
    failpoint('unit.before-commit');
  });
  unit.published();
}

/** Stores the new submissions in the caller's transaction, and returns their request ids. */
export async function takeSubmissions(
  client: PoolClient,
  unit: UnitRuntime,
  submissions: readonly ReceivedSubmission[],
  numbers: ReferenceNumbers,
): Promise<ReadonlySet<string>> {
  const stored = await storeArrivals(client, unit, submissions, numbers);
  if (stored.size < submissions.length) {
    const others = submissions.filter(({ value }) => !stored.has(value.requestId));
    await keepUntakenIn(client, unit, (await conflictsAmong(client, others)).map(conflictOf));
  }
  if (stored.size === 0) return stored;
  const arrived = submissions.flatMap(({ force, value }, index) =>
    stored.has(value.requestId)
      ? [
          {
            id: value.requestId,
            owningForce: force,
            type: value.type,
            version: value.version,
            unitReference: numbers.referenceOf(index),
            forceReference: value.forceReference,
            payload: value.payload,
            receivedAt: value.receivedAt,
          },
        ]
      : [],
  );
  await storeTerms(client, unit, arrived);
  await unit.records.onArrival(client, arrived);
  return stored;
}

/**
 * The submissions whose message id or request id is already used for other content. The others are repeats.
 */
async function conflictsAmong(
  client: PoolClient,
  others: readonly ReceivedSubmission[],
): Promise<ReceivedSubmission[]> {
  const rows = others.map(({ force, messageId, contentHash, value }, n) => ({
    n,
    force,
    message: messageId,
    hash: contentHash,
    id: value.requestId,
  }));
  const { rows: conflicts } = await client.query<{ n: number }>({
    name: 'conflicts-among',
    text: CONFLICTS_AMONG,
    values: [JSON.stringify(rows)],
  });
  return conflicts.map(({ n }) => others[n] as ReceivedSubmission);
}
