import type { PoolClient } from '#persistence';
import { isUuid } from '#kernel';
import type { ClockState, State } from '#requests';
import type { ArrivedRequest } from './unit-definition.ts';

/** A task with what its request says of itself, as the statements here select it. */
export interface TaskRow {
  readonly force: string;
  readonly id: string;
  readonly arrival: string;
  readonly type: string;
  /** Of the request type; `version` is the task's own. */
  readonly typeVersion: number;
  readonly state: State;
  readonly assignee: string | null;
  readonly proposer: string | null;
  /** Infinity is read as null: nothing runs. */
  readonly dueAt: Date | null;
  readonly risk: number;
  readonly version: number;
  readonly clocks: readonly ClockState[];
  readonly updatedAt: Date;
  readonly unitReference: string;
  readonly forceReference: string;
  readonly receivedAt: Date;
  readonly traceparent: string | null;
  /** The database's present when the row was read. */
  readonly at: Date;
}

export const TASK_COLUMNS = `task.owning_force as force, task.id, task.arrival, task.type, task.state, task.assignee, task.proposer,
  nullif(task.due_at, 'infinity') as "dueAt", task.risk, task.version, task.clocks, task.updated_at as "updatedAt",
  request.unit_reference as "unitReference", request.force_reference as "forceReference", request.received_at as "receivedAt",
  request.version as "typeVersion", request.traceparent, clock_timestamp() as at`;

export const TASK_JOIN = 'task join request on request.owning_force = task.owning_force and request.id = task.id';

/** FLT-26-000123, in either case as people type it. */
const SHORT_REFERENCE = /^[A-Z]{3}-\d{2}-\d{6,9}$/;

/**
 * The task that an id or a short reference names, among the forces given; undefined when there is none that they may
 * see. `lock` keeps it until the transaction ends: whoever comes second then sees what the first one did.
 */
export async function findTask(
  client: PoolClient,
  forces: readonly string[],
  reference: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<TaskRow | undefined> {
  const short = reference.toUpperCase();
  const byId = isUuid(reference.toLowerCase());
  if (!byId && !SHORT_REFERENCE.test(short)) return undefined;
  const { rows } = await client.query<TaskRow>({
    name: `find-task-${byId ? 'id' : 'reference'}${lock ? '-lock' : ''}`,
    text: `select ${TASK_COLUMNS} from ${TASK_JOIN}
           where ${byId ? 'task.owning_force = any($1) and task.id = $2' : 'request.owning_force = any($1) and request.unit_reference = $2'}
           ${lock ? 'for no key update of task' : ''}`,
    values: [forces, byId ? reference.toLowerCase() : short],
  });
  return rows[0];
}

/** The payload is read only where a record hook or a person needs it. */
export async function arrivedRequest(client: PoolClient, task: TaskRow): Promise<ArrivedRequest> {
  const { rows } = await client.query<{ payload: Record<string, unknown> }>({
    name: 'read-payload',
    text: 'select payload from request where owning_force = $1 and id = $2',
    values: [task.force, task.id],
  });
  return {
    id: task.id,
    owningForce: task.force,
    type: task.type,
    version: task.typeVersion,
    unitReference: task.unitReference,
    forceReference: task.forceReference,
    payload: rows[0]?.payload ?? {},
    receivedAt: task.receivedAt.toISOString(),
  };
}
