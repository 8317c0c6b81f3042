import { OPEN_TASK_SQL } from '../schema/request-tables.ts';
import { LISTED_COLUMNS, TASK_JOIN } from '../task-row.sql.ts';
import type { QueueSort } from './queue-query.ts';

/** The columns by which each sort orders, each of them in an index that begins with the force. */
const ORDERS: Readonly<Record<QueueSort, (table: string) => string>> = {
  due: (table) => `${table}.due_at, 9 - ${table}.risk, ${table}.arrival`,
  oldest: (table) => `${table}.arrival`,
  newest: (table) => `${table}.arrival desc`,
  finished: (table) => `${table}.updated_at desc, ${table}.arrival desc`,
};

/**
 * The first tasks under these conditions in the order of the sort. The first rows of each force come from its
 * index, and then they are merged. The limit is in the text, because with a parameter each call would be
 * planned again.
 */
export const findTasksSql = (conditions: readonly string[], sort: QueueSort, limit: number): string => `
select ${LISTED_COLUMNS}
from (
  select page.*
  from unnest($1::text[]) as force (slug)
  cross join lateral (
    select owning_force, id
    from task
    where ${conditions.join(' and ')}
    order by ${ORDERS[sort]('task')}
    limit ${limit}
  ) as page
) as page
join ${TASK_JOIN}
  on task.owning_force = page.owning_force
  and task.id = page.id
order by ${ORDERS[sort]('task')}
limit ${limit}`;

/** The newest answer of each of these requests. */
export const NEWEST_ANSWERS = `
select request.id, newest.answer
from unnest($2::uuid[]) as request (id)
cross join lateral (
  select data -> 'answer' as answer
  from event
  where owning_force = any ($1)
    and request_id = request.id
    and type = 'concordat.request-answered.v1'
  order by position desc
  limit 1
) as newest`;

/**
 * Sums the stored counts of each state, all of them and by urgency. The hours that contain a bound between
 * two groups ($6) are left out of the groups, and counted exactly by `SPLIT_HOUR_COUNTS`. In every other hour
 * each moment is in the same group as the first.
 */
export const QUEUE_COUNTS = `
select
  state,
  sum(n)::float8 as n,
  coalesce(sum(n) filter (where hour < $3), 0)::float8 as critical,
  coalesce(sum(n) filter (where hour >= $3 and hour < $4), 0)::float8 as overdue,
  coalesce(sum(n) filter (where hour >= $4 and hour <= $5), 0)::float8 as soon,
  coalesce(sum(n) filter (where hour > $5 and hour < 'infinity'), 0)::float8 as later,
  coalesce(sum(n) filter (where hour = 'infinity'), 0)::float8 as paused
from (
  select
    state,
    n,
    case when ${OPEN_TASK_SQL} and due_hour <> all ($6::timestamptz[]) then due_hour end as hour
  from queue_count
  where owning_force = any ($1)
    and n <> 0
    and ($2::text[] is null or type = any ($2))
) as counted
group by state`;

/**
 * Counts the tasks of single hours exactly, by the bounds between the groups. The ends of the hours are
 * parameters, because under row security a sum cannot be a condition for an index. Each hour is counted by
 * itself: joined with the hours, the planner may read every open task.
 */
export const SPLIT_HOUR_COUNTS = `
select counted.*
from unnest($6::timestamptz[], $7::timestamptz[]) as hour (starts, ends)
cross join lateral (
  select
    state,
    count(*) filter (where due_at < $3)::float8 as critical,
    count(*) filter (where due_at >= $3 and due_at < $4)::float8 as overdue,
    count(*) filter (where due_at >= $4 and due_at <= $5)::float8 as soon,
    count(*) filter (where due_at > $5)::float8 as later
  from task
  where owning_force = any ($1)
    and ${OPEN_TASK_SQL}
    and due_at >= hour.starts
    and due_at < hour.ends
    and ($2::text[] is null or type = any ($2))
  group by state
) as counted`;

/** Counts the open tasks of one person exactly, from the index of assigned tasks. */
export const ASSIGNED_COUNTS = `
select
  count(*) filter (where due_at < $3)::float8 as critical,
  count(*) filter (where due_at >= $3 and due_at < $4)::float8 as overdue,
  count(*) filter (where due_at >= $4 and due_at <= $5)::float8 as soon,
  count(*) filter (where due_at > $5 and due_at < 'infinity')::float8 as later,
  count(*) filter (where due_at = 'infinity')::float8 as paused
from unnest($1::text[]) as force (slug)
cross join lateral (
  select due_at
  from task
  where owning_force = force.slug
    and assignee = $2
    and ${OPEN_TASK_SQL}
    and ($6::text[] is null or type = any ($6))
    and ($7::text is null or state = $7)
) as task`;

/** Counts the open tasks of one person, whatever their type. */
export const COUNT_ASSIGNED = `
select count(*)::float8 as n
from unnest($1::text[]) as force (slug)
cross join lateral (
  select
  from task
  where owning_force = force.slug
    and assignee = $2
    and ${OPEN_TASK_SQL}
) as task`;
