export const KEEP_MEMBER = `
insert into member (person, name, role, forces, last_seen)
values ($1, $2, $3, $4, clock_timestamp())
on conflict (person) do update
set
  name = excluded.name,
  role = excluded.role,
  forces = excluded.forces,
  last_seen = excluded.last_seen`;

/** The members who see one of these forces. A unit has some dozens of people, hardly more than hundreds. */
export const MEMBER_NAMES = `
select person, name
from member
where forces && $1
order by name, person
limit 1000`;

export const MAY_BE_ASSIGNED = `
select exists (
  select
  from member
  where person = $1
    and role = any ($2)
    and $3 = any (forces)
) as known`;
