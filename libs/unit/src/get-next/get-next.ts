import { Refusal } from '#contracts';
import type { PoolClient } from '#persistence';
import { decide } from '#requests';
import type { StaffCaller } from '#web';
import { writeChanges, type Change } from '../change-request/write-change.ts';
import type { TaskRow } from '../task-row.ts';
import { taskView, type TaskView } from '../task-view.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { ANY_QUEUED, lockNextSql } from './get-next.sql.ts';

/**
 * Number of tries if others hold every candidate; they claim these a moment later, and the next ones come up.
 */
const TRIES_MAX = 5;

export interface NextQuery {
  /** A whole number from 1. */
  readonly count: number;
  /** Only these request types; null means all. */
  readonly types: readonly string[] | null;
}

/**
 * Claims the most urgent requests of these types for the caller, most urgent first; none if nothing waits.
 *
 * The order of work is the same for everybody: earliest due first, then higher risk, then earlier arrival.
 * Nothing else counts, so that no kind of request is preferred without notice.
 */
export async function getNext(
  unit: UnitRuntime,
  caller: StaffCaller,
  wanted: NextQuery,
): Promise<TaskView[]> {
  const forces = unit.forcesOf(caller);
  for (let tried = 0; tried < TRIES_MAX; tried += 1) {
    const { tasks, waiting } = await unit.database.transaction(forces, async (client) => {
      const next = await lockNext(client, forces, wanted);
      if (next.length > 0) return { tasks: await claim(client, unit, next, caller), waiting: true };
      return { tasks: [], waiting: await anyQueued(client, forces, wanted.types) };
    });
    if (tasks.length > 0) {
      unit.published();
      return tasks.map((task) => taskView(unit, task));
    }
    if (!waiting) return [];
  }
  return [];
}

async function lockNext(
  client: PoolClient,
  forces: readonly string[],
  { count, types }: NextQuery,
): Promise<TaskRow[]> {
  const { rows } = await client.query<TaskRow>({
    name: `lock-next-${count}`,
    text: lockNextSql(count),
    values: [forces, types],
  });
  return rows;
}

async function anyQueued(
  client: PoolClient,
  forces: readonly string[],
  types: readonly string[] | null,
): Promise<boolean> {
  const { rows } = await client.query<{ waiting: boolean }>({
    name: 'any-queued',
    text: ANY_QUEUED,
    values: [forces, types],
  });
  return rows[0]?.waiting === true;
}

async function claim(
  client: PoolClient,
  unit: UnitRuntime,
  tasks: readonly TaskRow[],
  caller: StaffCaller,
): Promise<TaskRow[]> {
  const claimed = tasks.map((task) => ({ task, change: claimOf(unit, task, caller) }));
  return (await writeChanges(client, unit, claimed)).filter((task) => task !== undefined);
}

function claimOf(unit: UnitRuntime, task: TaskRow, { person, role }: StaffCaller): Change {
  const decision = decide(task, 'claim', unit.typeOf(task).type.decision, { role, person });
  if (!decision.ok) throw new Refusal('not-allowed', decision.why);
  return { decision, person, assignee: person, proposer: null, detail: { byRole: role }, reason: 'claim' };
}
