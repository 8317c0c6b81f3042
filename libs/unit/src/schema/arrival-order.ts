import type { Migration } from '#persistence';

/**
 * The condition under which PostgreSQL may use the index of open tasks by arrival. It is true for every task.
 * Without it, the planner preferred this index for other lists and counts too, because it is the smallest,
 * and then read the whole queue.
 */
export const BY_ARRIVAL_SQL = 'arrival > 0';

/**
 * The indexes of the lists by arrival, oldest or newest first, and of the events by force, in which the
 * changes since a moment are found. A finished task enters its index once and stays.
 */
export const ARRIVAL_ORDER: Migration = {
  name: '190-arrival-order-and-changes',
  up: () => `
create index task_open_by_arrival on task (owning_force, arrival)
  where state not in ('answered', 'declined', 'withdrawn') and arrival > 0;
create index task_finished_by_arrival on task (owning_force, arrival)
  where state in ('answered', 'declined', 'withdrawn');
create index event_by_force on event (owning_force, xid, position);
`,
};
