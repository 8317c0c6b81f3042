export const ENTER = `
insert into presence (unit, request_id, person, name, seen_at)
values ($1, $2, $3, $4, clock_timestamp())
on conflict (unit, request_id, person) do update
set
  name = excluded.name,
  seen_at = excluded.seen_at`;

export const OTHERS = `
select name
from presence
where unit = $1
  and request_id = $2
  and person <> $3
  and seen_at > clock_timestamp() - $4 * interval '1 second'
order by name
limit 10`;

export const FORGET_ABSENT = `
delete
from presence
where seen_at < clock_timestamp() - interval '1 hour'`;
