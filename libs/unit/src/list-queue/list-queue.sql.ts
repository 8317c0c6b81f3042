import { OPEN_TASK_SQL } from '../schema/request-tables.ts';
import { TASK_COLUMNS, TASK_JOIN } from '../task-row.sql.ts';

/**
 * The first tasks under these conditions in the order of work. The first rows of each force come from its
 * index, and then they are merged. The limit is in the text, because with a parameter each call would be
 * planned again.
 */
export const findTasksSql = (conditions: readonly string[], limit: number): string => `
select ${TASK_COLUMNS}
from (
  select page.*
  from unnest($1::text[]) as force (slug)
  cross join lateral (
    select owning_force, id
    from task
    where ${conditions.join(' and ')}
    order by due_at, 9 - risk, arrival
    limit ${limit}
  ) as page
) as page
join ${TASK_JOIN}
  on task.owning_force = page.owning_force
  and task.id = page.id
order by task.due_at, 9 - task.risk, task.arrival
limit ${limit}`;

/** The number of tasks in each state and due in each hour, from the stored counts. */
export const QUEUE_COUNTS = `
select state, nullif(due_hour, 'infinity') as hour, ${OPEN_TASK_SQL} as open, sum(n)::float8 as n
from queue_count
where owning_force = any ($1)
  and n <> 0
  and ($2::text[] is null or type = any ($2))
group by state, due_hour`;

/**
 * Counts the tasks of single hours exactly, by the bounds between the groups. The ends of the hours are
 * parameters, because under row security a sum cannot be a condition for an index.
 */
export const SPLIT_HOUR_COUNTS = `
select
  count(*) filter (where due_at < $3)::float8 as critical,
  count(*) filter (where due_at >= $3 and due_at < $4)::float8 as overdue,
  count(*) filter (where due_at >= $4 and due_at <= $5)::float8 as soon,
  count(*) filter (where due_at > $5)::float8 as later
from unnest($6::timestamptz[], $7::timestamptz[]) as hour (starts, ends)
cross join lateral (
  select due_at
  from task
  where owning_force = any ($1)
    and ${OPEN_TASK_SQL}
    and due_at >= hour.starts
    and due_at < hour.ends
    and ($2::text[] is null or type = any ($2))
) as task`;
