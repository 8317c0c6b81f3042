export const KEEP_MEMBER = `
insert into member (person, name, role, forces, last_seen)
values ($1, $2, $3, $4, clock_timestamp())
on conflict (person) do update
set
  name = excluded.name,
  role = excluded.role,
  forces = excluded.forces,
  last_seen = excluded.last_seen`;

export const MAY_BE_ASSIGNED = `
select exists (
  select
  from member
  where person = $1
    and role = any ($2)
    and $3 = any (forces)
) as known`;
