import { LATEST_PAYLOAD } from '../task-row.sql.ts';

/** Adds a link; nothing is added if it is there already. */
export const ADD_LINK = `
insert into request_link (owning_force, id, from_id, to_id, kind, person)
values ($1, $2, $3, $4, $5, $6)
on conflict do nothing`;

/** Marks a link of this request as removed, in whichever direction it leads. */
export const REMOVE_LINK = `
update request_link
set
  removed_by = $4,
  removed_at = now()
where owning_force = $1
  and id = $2
  and $3 in (from_id, to_id)
  and removed_at is null
returning from_id as "from", to_id as "to"`;

/** The other ends of the links of one request, newest link first. */
export const LINKS_OF = `
select
  link.id,
  link.kind,
  link.outgoing,
  link.person,
  link.at,
  request.id as "requestId",
  request.unit_reference as reference,
  request.type,
  request.version as "typeVersion",
  task.state, ${LATEST_PAYLOAD}
from (
  select id, kind, true as outgoing, person, at, to_id as other
  from request_link
  where owning_force = $1
    and from_id = $2
    and removed_at is null
  union all
  select id, kind, false, person, at, from_id
  from request_link
  where owning_force = $1
    and to_id = $2
    and removed_at is null
) as link
join request
  on request.owning_force = $1
  and request.id = link.other
join task
  on task.owning_force = $1
  and task.id = link.other
order by link.at desc, link.id
limit 50`;
