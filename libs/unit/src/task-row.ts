import type { PoolClient } from '#persistence';
import { isUuid } from '#kernel';
import type { RequestLife } from '#requests';
import {
  FIND_BY_REFERENCE,
  FIND_TASK,
  FIND_TASK_BY_REFERENCE,
  LOCK_TASKS,
  READ_PAYLOADS,
} from './task-row.sql.ts';
import type { ArrivedRequest } from './unit-definition.ts';

/** A task with the columns of its request, as the statements here select it. */
export interface TaskRow extends RequestLife {
  readonly force: string;
  readonly id: string;
  readonly arrival: string;
  readonly type: string;
  /** The version of the request type; `version` is the task's own. */
  readonly typeVersion: number;
  readonly assignee: string | null;
  readonly proposer: string | null;
  /** Null if no clock runs; the column is infinity then. */
  readonly dueAt: Date | null;
  readonly risk: number;
  readonly updatedAt: Date;
  readonly unitReference: string;
  readonly forceReference: string;
  readonly receivedAt: Date;
  readonly traceparent: string | null;
  /** The database's time when the row was read. */
  readonly at: Date;
}

/** A task with the payload of its request as last corrected, from which lists take the subject. */
export interface ListedRow extends TaskRow {
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A short reference such as FLT-26-000123. */
const SHORT_REFERENCE = /^[A-Z]{3}-\d{2}-\d{6,9}$/;

/** The task with this id or short reference, among these forces; undefined if there is none. */
export async function findTask(
  client: PoolClient,
  forces: readonly string[],
  reference: string,
): Promise<TaskRow | undefined> {
  const id = reference.toLowerCase();
  const short = reference.toUpperCase();
  if (isUuid(id)) {
    const values = [forces, id];
    const { rows } = await client.query<TaskRow>({ name: 'find-task', text: FIND_TASK, values });
    return rows[0];
  }
  if (!SHORT_REFERENCE.test(short)) return undefined;
  const values = [forces, short];
  const name = 'find-task-by-reference';
  const { rows } = await client.query<TaskRow>({ name, text: FIND_TASK_BY_REFERENCE, values });
  return rows[0];
}

/**
 * Locks the tasks with these ids or short references until the transaction ends, so that the second change
 * sees the first. Returns them in the order of the references; undefined for one that these forces do not
 * have.
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

/** The id for an id or a short reference. */
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
 * The requests of these tasks, in their order, with payloads as last corrected. Only record hooks and pages
 * need them.
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
