import { TASK_COLUMNS } from '../task-row.sql.ts';

/** Extra candidates for some people, beside as many again for another caller who asks for as many. */
const SPARE = 15;

/**
 * Locks the most urgent requests that nobody has locked. The first requests of each force are read without a
 * lock, and the first free ones among them are locked.
 *
 * The rows keep the inner order, because each candidate is looked up in turn; a sort outside would lock them
 * all. The limits are in the text, because a parameter cannot show the planner that an index in this order is
 * enough. The state is compared in a form that no index has, because with an index of the queue each lookup
 * would pass everything that is due before it.
 */
export const lockNextSql = (count: number): string => `
select ${TASK_COLUMNS}
from (
  select candidate.*
  from unnest($1::text[]) as force (slug)
  cross join lateral (
    select owning_force, id, due_at, 9 - risk as rank, arrival
    from task
    where owning_force = force.slug
      and state = 'queued'
      and ($2::text[] is null or type = any ($2))
    order by due_at, 9 - risk, arrival
    limit ${count * 2 + SPARE}
  ) as candidate
  order by due_at, rank, arrival
) as candidate
cross join lateral (
  select *
  from task
  where task.owning_force = candidate.owning_force
    and task.id = candidate.id
    and task.state || '' = 'queued'
  limit 1
  for no key update skip locked
) as task
cross join lateral (
  select *
  from request
  where request.owning_force = task.owning_force
    and request.id = task.id
  limit 1
) as request
limit ${count}`;

export const ANY_QUEUED = `
select exists (
  select
  from task
  where owning_force = any ($1)
    and state = 'queued'
    and ($2::text[] is null or type = any ($2))
) as waiting`;
