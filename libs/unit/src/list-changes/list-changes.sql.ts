/** The oldest transaction that still runs. No event of an older transaction can appear any more. */
export const OLDEST_RUNNING = `
select pg_snapshot_xmin(pg_current_snapshot())::text as xid`;

/**
 * The events after a place, of transactions that have all ended, in the order of the log. The first rows of
 * each force come from its index, and then they are merged. The ends are parameters, because under row
 * security a function cannot be a condition for an index.
 */
export const eventsAfterSql = (limit: number): string => `
select page.*
from unnest($1::text[]) as force (slug)
cross join lateral (
  select owning_force as force, request_id as id, xid, position
  from event
  where owning_force = force.slug
    and (xid, position) > ($2::bigint, $3::bigint)
    and xid < $4::bigint
  order by xid, position
  limit ${limit}
) as page
order by page.xid, page.position
limit ${limit}`;

/** The present state of these requests. */
export const CHANGED_TASKS = `
select
  task.id,
  request.unit_reference as "unitReference",
  task.owning_force as force,
  task.version,
  task.state,
  task.assignee
from json_to_recordset($1) as changed (n integer, force text, id uuid)
cross join lateral (
  select owning_force, id, version, state, assignee
  from task
  where task.owning_force = changed.force
    and task.id = changed.id
  limit 1
) as task
cross join lateral (
  select unit_reference
  from request
  where request.owning_force = task.owning_force
    and request.id = task.id
  limit 1
) as request
order by changed.n`;
