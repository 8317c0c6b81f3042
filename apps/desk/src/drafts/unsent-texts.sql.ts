export const KEEP_UNSENT = `
insert into unsent_text (owning_force, unit, request_id, person, command, fields, typed_at)
values ($1, $2, $3, $4, $5, $6, clock_timestamp())
on conflict (owning_force, unit, request_id, person, command) do update
set
  fields = excluded.fields,
  typed_at = excluded.typed_at`;

/** The texts of a person before the newest ones. */
export const FORGET_EXCESS = `
delete
from unsent_text
where owning_force = $1
  and person = $2
  and typed_at < (
    select typed_at
    from unsent_text
    where owning_force = $1
      and person = $2
    order by typed_at desc
    offset $3
    limit 1
  )`;

export const UNSENT_OF_REQUEST = `
select command, fields, typed_at as "typedAt"
from unsent_text
where owning_force = $1
  and unit = $2
  and request_id = $3
  and person = $4
order by typed_at desc
limit 20`;

/** The requests among these for which a person has unsent text. */
export const REQUESTS_WITH_UNSENT = `
select distinct request.n::integer as n
from unnest($2::text[], $3::text[], $4::uuid[]) with ordinality as request (force, unit, id, n)
join unsent_text
  on unsent_text.owning_force = request.force
  and unsent_text.unit = request.unit
  and unsent_text.request_id = request.id
  and unsent_text.person = $1`;

export const FORGET_UNSENT = `
delete
from unsent_text
where owning_force = $1
  and unit = $2
  and request_id = $3
  and person = $4
  and command = $5`;

/** Text that nobody came back for. */
export const FORGET_OLD_UNSENT = `
delete
from unsent_text
where owning_force = any ($1)
  and typed_at < clock_timestamp() - $2 * interval '1 hour'`;
