import type { PoolClient } from '#persistence';
import type { SandboxStep } from './play.ts';
import type { SandboxMessage, Rehearsal } from './rehearsal.ts';
import {
  BEGIN_REHEARSALS,
  DUE_REHEARSALS,
  STORE_SANDBOX_MESSAGE,
  STORE_STEPS,
  LOCK_DUE_REHEARSALS,
  NEXT_DUE,
} from './rehearsal.sql.ts';
import { scenarioOf } from './scenarios.ts';

/** Begins to play requests of a sandbox force, in the transaction that stores them. */
export async function beginRehearsals(
  client: PoolClient,
  stored: readonly {
    readonly force: string;
    readonly id: string;
    readonly reference: string;
    readonly traceparent: string | null;
  }[],
): Promise<void> {
  if (stored.length === 0) return;
  const rows = stored.map(({ force, id, reference, traceparent }, n) => ({
    ...{ n, owning_force: force, request_id: id, traceparent },
    scenario: scenarioOf(reference).name,
  }));
  await client.query({ name: 'rehearsals-begin', text: BEGIN_REHEARSALS, values: [JSON.stringify(rows)] });
}

/**
 * Stores a message of the force for the sandbox, in the caller's transaction, which has locked the row in
 * `progress`.
 */
export async function storeSandboxMessage(
  client: PoolClient,
  force: string,
  requestId: string,
  heard: SandboxMessage,
): Promise<void> {
  const values = [force, requestId, JSON.stringify([heard])];
  await client.query({ name: 'rehearsal-hear', text: STORE_SANDBOX_MESSAGE, values });
}

/**
 * Locks and reads the requests that are due. These are two statements, so that the second sees what the
 * previous holder of a lock has written.
 */
export async function dueRehearsals(client: PoolClient, force: string, limit: number): Promise<Rehearsal[]> {
  const locked = await client.query<{ request_id: string }>({
    name: 'rehearsals-lock',
    text: LOCK_DUE_REHEARSALS,
    values: [force, limit],
  });
  if (locked.rows.length === 0) return [];
  const { rows } = await client.query<Rehearsal>({
    name: 'rehearsals-due',
    text: DUE_REHEARSALS,
    values: [force, locked.rows.map(({ request_id }) => request_id)],
  });
  return rows;
}

/** Stores how far each request was played. `nextMs` is the time until its next line, null for never. */
export async function storeSteps(
  client: PoolClient,
  force: string,
  played: readonly (Pick<SandboxStep, 'step' | 'clocks'> & {
    readonly requestId: string;
    readonly nextMs: number | null | 'as-before';
  })[],
): Promise<void> {
  const rows = played.map(({ requestId, step, clocks, nextMs }) => {
    const asBefore = nextMs === 'as-before';
    return { request_id: requestId, step, clocks, as_before: asBefore, next_ms: asBefore ? null : nextMs };
  });
  await client.query({
    name: 'rehearsals-keep',
    text: STORE_STEPS,
    values: [force, JSON.stringify(rows)],
  });
}

/**
 * Returns the milliseconds until a request is due, negative if it is overdue; null if none becomes due
 * without a message.
 */
export async function untilNextDue(client: PoolClient, force: string): Promise<number | null> {
  const { rows } = await client.query<{ ms: number }>({
    name: 'rehearsals-next',
    text: NEXT_DUE,
    values: [force],
  });
  return rows[0]?.ms ?? null;
}
