import type { PoolClient } from '#persistence';
import { isUuid } from '#kernel';
import type { RequestLife } from '#requests';
import { FIND_BY_REFERENCE, FIND_TASK, LOCK_TASKS, READ_PAYLOADS } from './task-row.sql.ts';
import type { ArrivedRequest } from './unit-definition.ts';

/** A task with what its request says of itself, as the statements here select it. */
export interface TaskRow extends RequestLife {
  readonly force: string;
  readonly id: string;
  readonly arrival: string;
  readonly type: string;
  /** Of the request type; `version` is the task's own. */
  readonly typeVersion: number;
  readonly assignee: string | null;
  readonly proposer: string | null;
  /** Infinity is read as null: nothing runs. */
  readonly dueAt: Date | null;
  readonly risk: number;
  readonly updatedAt: Date;
  readonly unitReference: string;
  readonly forceReference: string;
  readonly receivedAt: Date;
  readonly traceparent: string | null;
  /** The database's present when the row was read. */
  readonly at: Date;
}

/** FLT-26-000123, in either case as people type it. */
const SHORT_REFERENCE = /^[A-Z]{3}-\d{2}-\d{6,9}$/;

/**
 * The task that an id or a short reference names, among the forces given; undefined when there is none that
 * they may see.
 */
export async function findTask(
  client: PoolClient,
  forces: readonly string[],
  reference: string,
): Promise<TaskRow | undefined> {
  const id = await idOf(client, forces, reference);
  if (id === undefined) return undefined;
  const { rows } = await client.query<TaskRow>({
    name: 'find-task',
    text: FIND_TASK,
    values: [forces, id],
  });
  return rows[0];
}

/**
 * The tasks that are named, each locked until the transaction ends, so that whoever comes second sees what
 * the first one did. In the order of the references, undefined where there is none that these forces may see.
 */
export async function lockTasks(
  client: PoolClient,
  forces: readonly string[],
  references: readonly string[],
): Promise<(TaskRow | undefined)[]> {
  const ids: (string | undefined)[] = [];
  for (const reference of references) ids.push(await idOf(client, forces, reference));
  const wanted = ids.filter((id) => id !== undefined);
  if (wanted.length === 0) return ids as undefined[];
  const { rows } = await client.query<TaskRow>({
    name: 'lock-tasks',
    text: LOCK_TASKS,
    values: [forces, wanted],
  });
  const found = new Map(rows.map((task) => [task.id, task]));
  return ids.map((id) => (id === undefined ? undefined : found.get(id)));
}

/** An id as it is; the id that a short reference stands for. */
async function idOf(
  client: PoolClient,
  forces: readonly string[],
  reference: string,
): Promise<string | undefined> {
  if (isUuid(reference.toLowerCase())) return reference.toLowerCase();
  const short = reference.toUpperCase();
  if (!SHORT_REFERENCE.test(short)) return undefined;
  const { rows } = await client.query<{ id: string }>({
    name: 'find-by-reference',
    text: FIND_BY_REFERENCE,
    values: [forces, short],
  });
  return rows[0]?.id;
}

/**
 * Payloads, as last corrected, are read only where a record hook or a person needs them. In the order of the
 * tasks.
 */
export async function arrivedRequests(
  client: PoolClient,
  tasks: readonly TaskRow[],
): Promise<ArrivedRequest[]> {
  const { rows } = await client.query<{ id: string; payload: Record<string, unknown> }>({
    name: 'read-payloads',
    text: READ_PAYLOADS,
    values: [[...new Set(tasks.map(({ force }) => force))], tasks.map(({ id }) => id)],
  });
  const payloads = new Map(rows.map(({ id, payload }) => [id, payload]));
  return tasks.map((task) => ({
    id: task.id,
    owningForce: task.force,
    type: task.type,
    version: task.typeVersion,
    unitReference: task.unitReference,
    forceReference: task.forceReference,
    payload: payloads.get(task.id) ?? {},
    receivedAt: task.receivedAt.toISOString(),
  }));
}
