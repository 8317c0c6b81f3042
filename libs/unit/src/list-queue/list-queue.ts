import type { PoolClient } from '#persistence';
import { FINAL_STATES, URGENCIES, urgencyBounds, type Urgency, type UrgencyBounds } from '#requests';
import type { StaffCaller } from '#web';
import { OPEN_TASK_SQL } from '../schema/request-tables.ts';
import type { TaskRow } from '../task-row.ts';
import { taskView, type TaskView } from '../task-view.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { countQueue, type QueueCounts } from './count-queue.ts';
import { findTasksSql } from './list-queue.sql.ts';
import type { QueuePlace, QueueQuery } from './queue-query.ts';

export interface QueuePage extends QueueCounts {
  /** Most urgent first, finished requests last; a group without items on this page is left out. */
  readonly groups: readonly { readonly name: Urgency | 'finished'; readonly items: readonly TaskView[] }[];
  /** The place where the next page begins; absent on the last page. */
  readonly next?: QueuePlace;
}

/**
 * Lists one page of the queue in the order of work (see get-next). The counts are of the whole queue of a
 * force and type; group, state and assignee only filter the list. Without a state, open requests are listed.
 */
export async function listQueue(
  unit: UnitRuntime,
  caller: StaffCaller,
  query: QueueQuery,
): Promise<QueuePage> {
  const seen = unit.forcesOf(caller);
  const forces = query.force === undefined ? seen : seen.filter((force) => force === query.force);
  return unit.database.transaction(seen, async (client) => {
    const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now');
    const now = (rows[0] as { now: Date }).now;
    const counted = await countQueue(
      client,
      forces,
      query.type === undefined ? null : [query.type],
      now,
      unit.urgency,
    );
    const found = await findTasks(client, forces, caller, query, urgencyBounds(now, unit.urgency));
    const page = found.slice(0, query.limit);
    const items = page.map((task) => taskView(unit, { ...task, at: now }));
    const last = page.at(-1);
    return {
      ...counted,
      groups: [...URGENCIES, 'finished' as const]
        .map((name) => ({ name, items: items.filter(({ urgency }) => (urgency ?? 'finished') === name) }))
        .filter((group) => group.items.length > 0),
      ...(found.length > query.limit && last && { next: placeOf(last) }),
    };
  });
}

function placeOf({ dueAt, risk, arrival }: TaskRow): QueuePlace {
  return [dueAt?.toISOString() ?? null, 9 - risk, arrival];
}

/** Finds one row more than the page holds, to know whether there is a next page. */
async function findTasks(
  client: PoolClient,
  forces: readonly string[],
  caller: StaffCaller,
  query: QueueQuery,
  bounds: UrgencyBounds,
): Promise<TaskRow[]> {
  const values: unknown[] = [forces];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [
    'task.owning_force = force.slug',
    query.state === undefined ? OPEN_TASK_SQL : `state = ${parameter(query.state)}`,
  ];
  // PostgreSQL uses the partial index of open tasks only if the statement contains its condition.
  if (query.state !== undefined && !FINAL_STATES.includes(query.state)) conditions.push(OPEN_TASK_SQL);
  if (query.type !== undefined) conditions.push(`type = ${parameter(query.type)}`);
  if (query.assignee === 'none') conditions.push('assignee is null');
  else if (query.assignee !== undefined)
    conditions.push(`assignee = ${parameter(query.assignee === 'me' ? caller.person : query.assignee)}`);
  // A finished request has no urgency and no due moment.
  if (query.group !== undefined)
    conditions.push(OPEN_TASK_SQL, ...groupConditions(query.group, bounds, parameter));
  if (query.after !== undefined) {
    const [due, rank, arrival] = query.after;
    conditions.push(
      `(due_at, 9 - risk, arrival) > (${parameter(due ?? 'infinity')}::timestamptz, ${parameter(rank)}::integer, ${parameter(arrival)}::bigint)`,
    );
  }
  const { rows } = await client.query<TaskRow>(findTasksSql(conditions, query.limit + 1), values);
  return rows;
}

function groupConditions(
  group: Urgency,
  bounds: UrgencyBounds,
  parameter: (value: unknown) => string,
): string[] {
  const { criticallyOverdueBefore, overdueBefore, dueSoonUpTo } = bounds;
  switch (group) {
    case 'criticallyOverdue':
      return [`due_at < ${parameter(criticallyOverdueBefore)}`];
    case 'overdue':
      return [`due_at >= ${parameter(criticallyOverdueBefore)}`, `due_at < ${parameter(overdueBefore)}`];
    case 'dueSoon':
      return [`due_at >= ${parameter(overdueBefore)}`, `due_at <= ${parameter(dueSoonUpTo)}`];
    case 'notDueYet':
      return [`due_at > ${parameter(dueSoonUpTo)}`, `due_at < 'infinity'`];
    case 'paused':
      return [`due_at = 'infinity'`];
  }
}
