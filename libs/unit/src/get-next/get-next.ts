import { Refusal } from '#contracts';
import type { PoolClient } from '#persistence';
import { decideTransition } from '#requests';
import type { StaffCaller } from '#web';
import { writeChanges, type Change } from '../change-request/write-change.ts';
import { TASK_COLUMNS, type TaskRow } from '../task-row.ts';
import { taskView, type TaskView } from '../task-view.ts';
import type { UnitRuntime } from '../unit-runtime.ts';

/**
 * The order of work, the same for everybody and written down: earliest due first; among those due together the higher
 * risk; among those the earlier arrival. Nothing else, so that no kind of request is preferred in silence.
 *
 * The most urgent of each force are looked at without a lock; of them the first that nobody holds are locked and taken.
 * The rows come in the inner order because each is looked up by the one before: a sort outside would lock them all.
 * The counts stand in the text: a limit that is a parameter cannot tell the planner that an index in this order is enough.
 * The state is asked of the task in a form that no index has: by an index of the queue each lookup would pass all that is
 * due before it.
 */
const lockNextSql = (count: number): string => `
select ${TASK_COLUMNS}
from (
  select candidate.* from unnest($1::text[]) as force (slug) cross join lateral (
    select owning_force, id, due_at, 9 - risk as rank, arrival from task
    where owning_force = force.slug and state = 'queued' and ($2::text[] is null or type = any ($2))
    order by due_at, 9 - risk, arrival limit ${count * 2 + SPARE}) as candidate
  order by due_at, rank, arrival) as candidate
cross join lateral (
  select * from task
  where task.owning_force = candidate.owning_force and task.id = candidate.id and task.state || '' = 'queued'
  limit 1 for no key update skip locked) as task
cross join lateral (
  select * from request where request.owning_force = task.owning_force and request.id = task.id limit 1) as request
limit ${count}`;

/** Candidates beyond those wanted, for what others hold at the moment: another caller who takes as many, and some people. */
const SPARE = 15;
/** With every candidate locked by others, they will have been claimed a moment later: then the next ones are looked at. */
const LOOKS_MAX = 5;

export interface NextWanted {
  /** Whole number from 1. */
  readonly count: number;
  /** Only these request types; all when null. */
  readonly types: readonly string[] | null;
}

/** Claims the most urgent requests for the caller, most urgent first; none when nothing waits (of these types). */
export async function getNext(
  unit: UnitRuntime,
  caller: StaffCaller,
  wanted: NextWanted,
): Promise<TaskView[]> {
  const forces = unit.forcesOf(caller);
  for (let look = 0; look < LOOKS_MAX; look += 1) {
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
  { count, types }: NextWanted,
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
    text: `select exists (select from task where owning_force = any ($1) and state = 'queued' and ($2::text[] is null or type = any ($2))) as waiting`,
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
  const decision = decideTransition({
    command: 'claim',
    state: task.state,
    decision: unit.typeOf(task).type.decision,
    role,
    isAssignee: false,
    isProposer: false,
  });
  if (!decision.ok) throw new Refusal('not-allowed', decision.why);
  return { decision, person, assignee: person, proposer: null, detail: { byRole: role }, reason: 'claim' };
}
