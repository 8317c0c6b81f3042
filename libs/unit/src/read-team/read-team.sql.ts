import { OPEN_TASK_SQL } from '../schema/request-tables.ts';
import { LISTED_COLUMNS, TASK_JOIN } from '../task-row.sql.ts';

/** The people of each force that are read. A unit has some dozens of them. */
export const PEOPLE_MAX = 200;
/** The open requests of one person that are read in each force, the most urgent ones. */
export const OF_PERSON_MAX = 2_000;

/**
 * The people who have open requests of each force. Each step of the recursion finds the next person in the
 * index of assigned tasks, so that the requests between them are not read. The limits are in the text,
 * because with a parameter each call would be planned again.
 */
const HOLDERS = `
with recursive holder (force, person, n) as (
  select force.slug, first.assignee, 1
  from unnest($1::text[]) as force (slug)
  cross join lateral (
    select assignee
    from task
    where owning_force = force.slug
      and assignee is not null
      and ${OPEN_TASK_SQL}
    order by assignee
    limit 1
  ) as first
  union all
  select holder.force, next.assignee, holder.n + 1
  from holder
  cross join lateral (
    select assignee
    from task
    where owning_force = holder.force
      and assignee > holder.person
      and ${OPEN_TASK_SQL}
    order by assignee
    limit 1
  ) as next
  where holder.n < ${PEOPLE_MAX}
)`;

/** The open tasks of the row `holder`, the most urgent first. */
const HELD = `
    select owning_force, id, due_at, updated_at
    from task
    where owning_force = holder.force
      and assignee = holder.person
      and ${OPEN_TASK_SQL}
    order by due_at, 9 - risk, arrival
    limit ${OF_PERSON_MAX}`;

/** The load of each person by the bounds between the groups, the most overdue first. */
export const LOADS = `${HOLDERS}
select
  load.person,
  member.name,
  member.role,
  load.critical,
  load.overdue,
  load.soon,
  load.later,
  load.paused,
  load."oldestDueAt",
  load."lastChangeAt",
  load.more
from (
  select
    holder.person,
    sum(held.critical)::float8 as critical,
    sum(held.overdue)::float8 as overdue,
    sum(held.soon)::float8 as soon,
    sum(held.later)::float8 as later,
    sum(held.paused)::float8 as paused,
    min(held.oldest) as "oldestDueAt",
    max(held.newest) as "lastChangeAt",
    bool_or(held.n = ${OF_PERSON_MAX} or holder.n = ${PEOPLE_MAX}) as more
  from holder
  cross join lateral (
    select
      count(*) as n,
      count(*) filter (where due_at < $2) as critical,
      count(*) filter (where due_at >= $2 and due_at < $3) as overdue,
      count(*) filter (where due_at >= $3 and due_at <= $4) as soon,
      count(*) filter (where due_at > $4 and due_at < 'infinity') as later,
      count(*) filter (where due_at = 'infinity') as paused,
      min(due_at) filter (where due_at < 'infinity') as oldest,
      max(updated_at) as newest
    from (${HELD}
    ) as task
  ) as held
  group by holder.person
) as load
left join member on member.person = load.person
order by load.critical desc, load.overdue desc, load.soon desc, load.person`;

/** The assigned requests that nobody has changed for the longest time. */
export const STUCK = `${HOLDERS}
select ${LISTED_COLUMNS}
from (
  select held.owning_force, held.id
  from holder
  cross join lateral (${HELD}
  ) as held
  order by held.updated_at, held.id
  limit $2
) as stuck
join ${TASK_JOIN}
  on task.owning_force = stuck.owning_force
  and task.id = stuck.id
order by task.updated_at, task.id`;

/** The due moment of the most urgent request that nobody has; null if its clocks are paused. */
export const FIRST_UNASSIGNED = `
select nullif(min(first.due_at), 'infinity') as "oldestDueAt"
from unnest($1::text[]) as force (slug)
cross join lateral (
  select due_at
  from task
  where owning_force = force.slug
    and state = 'queued'
  order by due_at, 9 - risk, arrival
  limit 1
) as first`;
