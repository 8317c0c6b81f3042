import { FINAL_STATES, type Urgency, type UrgencyBounds } from '#requests';
import { BY_ARRIVAL_SQL } from '../schema/arrival-order.ts';
import { FINISHED_TASK_SQL, OPEN_TASK_SQL } from '../schema/request-tables.ts';
import type { QueueFilter, QueueSort } from './queue-query.ts';

/** Adds a value to the parameters of a statement, and returns its place, such as `$2`. */
export type Parameter = (value: unknown) => string;

/** The conditions under which a task of the row `force` belongs to a list. */
export function taskConditions(
  filter: QueueFilter,
  sort: QueueSort,
  bounds: UrgencyBounds,
  parameter: Parameter,
): string[] {
  const { state, type, assignee, group } = filter;
  const isFinished = sort === 'finished' || (state !== undefined && FINAL_STATES.includes(state));
  const conditions = [
    'task.owning_force = force.slug',
    // PostgreSQL uses a partial index only if the statement contains its condition.
    isFinished ? FINISHED_TASK_SQL : OPEN_TASK_SQL,
  ];
  if (state !== undefined) conditions.push(`state = ${parameter(state)}`);
  if (type !== undefined) conditions.push(`type = ${parameter(type)}`);
  if (assignee === 'none') conditions.push('assignee is null');
  else if (assignee !== undefined) conditions.push(`assignee = ${parameter(assignee)}`);
  // A finished request has no urgency and no due moment.
  if (group !== undefined) conditions.push(OPEN_TASK_SQL, ...groupConditions(group, bounds, parameter));
  // The tasks of one person are few, and are found by their own index.
  const isByArrival = sort === 'oldest' || sort === 'newest';
  if (isByArrival && (assignee === undefined || assignee === 'none')) conditions.push(BY_ARRIVAL_SQL);
  return conditions;
}

function groupConditions(group: Urgency, bounds: UrgencyBounds, parameter: Parameter): string[] {
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
