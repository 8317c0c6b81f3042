import { halving } from '#kernel';
import { failpoint } from '#messaging';
import { isDatabaseUnavailable, type Database, type PoolClient } from '#persistence';
import { beginRehearsals } from '../sandbox/rehearsal.store.ts';
import { retryingRaces } from './races.ts';
import { STORE_SUBMISSIONS } from './store-submissions.sql.ts';
import { claimsOf, type StorableSubmission } from './submission.ts';

/** The outcome of one submission. `known`: the same reference and content under another key. */
export type StoreOutcome =
  | { readonly outcome: 'created'; readonly agreementId: string; readonly receivedAt: Date }
  /** `requestId` is null if the key was used for something that was refused. */
  | { readonly outcome: 'replay' | 'key-reused'; readonly requestId: string | null }
  | { readonly outcome: 'known'; readonly requestId: string }
  | { readonly outcome: 'reference-conflict'; readonly requestId: string; readonly origin: string | null }
  | { readonly outcome: 'no-agreement' };

interface OutcomeRow {
  readonly outcome: StoreOutcome['outcome'];
  readonly agreement_id: string | null;
  readonly known_id: string | null;
  readonly known_origin: string | null;
  readonly at: Date;
}

/** Stores submissions, many in one transaction. */
export class SubmissionStore {
  constructor(private readonly database: Database) {}

  /**
   * Stores a batch in one transaction; after the commit the outcomes are in the order of the items. No two
   * items may share a claim. An item that the database refuses fails only its own promise.
   */
  store(items: readonly StorableSubmission[]): Promise<readonly PromiseSettledResult<StoreOutcome>[]> {
    return halving<StorableSubmission, PromiseSettledResult<StoreOutcome>>(
      items,
      (some) => this.commit(some),
      // One bad item must not fail the others. Without a database all fail alike.
      (reason, failed) =>
        failed.length === 1 || isDatabaseUnavailable(reason)
          ? failed.map(() => ({ status: 'rejected', reason }))
          : undefined,
    );
  }

  private async commit(
    items: readonly StorableSubmission[],
  ): Promise<PromiseFulfilledResult<StoreOutcome>[]> {
    const forces = [...new Set(items.map(({ force }) => force))];
    const outcomes = await retryingRaces(() =>
      this.database.transaction(forces, async (client) => {
        const stored = await storeIn(client, items);
        failpoint('intake.before-commit');
        return stored;
      }),
    );
    return outcomes.map((value) => ({ status: 'fulfilled', value }));
  }
}

/** Runs the statement once in the caller's transaction. No two items may share a claim. */
export async function storeIn(
  client: PoolClient,
  items: readonly StorableSubmission[],
): Promise<StoreOutcome[]> {
  const { rows } = await client.query<OutcomeRow>({
    name: 'store-submissions',
    text: STORE_SUBMISSIONS,
    values: [JSON.stringify(items.map(rowOf))],
  });
  const outcomes = rows.map(outcomeOf);
  const rehearsed = items.filter(
    ({ checked }, n) => checked.destination === 'sandbox' && outcomes[n]?.outcome === 'created',
  );
  await beginRehearsals(
    client,
    rehearsed.map(({ force, id, traceparent, checked: { reference } }) => ({
      force,
      id,
      traceparent,
      reference,
    })),
  );
  return outcomes;
}

/**
 * Does the same for items that may repeat each other: a repeat is stored after the first one, in a later run
 * of the statement in the same transaction.
 */
export async function storeWithRepeats(
  client: PoolClient,
  items: readonly StorableSubmission[],
): Promise<StoreOutcome[]> {
  const outcomes: StoreOutcome[] = new Array<StoreOutcome>(items.length);
  let left = items.map((item, place) => ({ item, place }));
  while (left.length > 0) {
    const claimed = new Set<string>();
    const now: typeof left = [];
    const later: typeof left = [];
    for (const entry of left) {
      const claims = claimsOf(entry.item);
      // Once an item waits, items that share a claim with it wait behind it, so that order is kept.
      (claims.some((claim) => claimed.has(claim)) ? later : now).push(entry);
      for (const claim of claims) claimed.add(claim);
    }
    const stored = await storeIn(
      client,
      now.map(({ item }) => item),
    );
    now.forEach(({ place }, index) => (outcomes[place] = stored[index] as StoreOutcome));
    left = later;
  }
  return outcomes;
}

function rowOf(
  { id, force, channel, key, submittedBy, traceparent, checked }: StorableSubmission,
  n: number,
): object {
  const { type, reference, payload, origin, contentHash } = checked;
  return {
    n,
    force,
    id,
    channel,
    key,
    hash: contentHash,
    reference,
    type: type.name,
    version: type.version,
    unit: type.unit,
    origin,
    submitter: submittedBy,
    trace: traceparent,
    logged: type.lawEnforcement,
    payload,
    destination: checked.destination,
  };
}

function outcomeOf({ outcome, agreement_id, known_id, known_origin, at }: OutcomeRow): StoreOutcome {
  switch (outcome) {
    case 'created':
      return { outcome, agreementId: agreement_id as string, receivedAt: at };
    case 'replay':
    case 'key-reused':
      return { outcome, requestId: known_id };
    case 'known':
      return { outcome, requestId: known_id as string };
    case 'reference-conflict':
      return { outcome, requestId: known_id as string, origin: known_origin };
    case 'no-agreement':
      return { outcome };
  }
}
