import { TASK_COLUMNS } from '../task-row.sql.ts';

/** Candidates beyond those wanted: as many again for another caller who takes as many, and these for some people. */
const SPARE = 15;

/**
 * Locks the most urgent requests that nobody holds: the first of each force are looked at without a lock, and of them
 * the first free ones are locked and taken.
 *
 * The rows come in the inner order because each is looked up by the one before: a sort outside would lock them all.
 * The counts stand in the text: a limit that is a parameter cannot tell the planner that an index in this order is
 * enough. The state is asked of the task in a form that no index has: by an index of the queue each lookup would pass
 * all that is due before it.
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
