export const VIEWS = `
select id, unit, name, query, person = $1 as own
from saved_view
where (unit is null and person = $1)
  or unit = any ($2)
order by name, id
limit 200`;

/** Stores no view if the person has as many as the limit. */
export const INSERT_VIEW = `
insert into saved_view (id, person, unit, name, query)
select $1::uuid, $2::text, $3::text, $4::text, $5::text
where (
  select count(*)
  from saved_view
  where person = $2
) < $6`;

export const DELETE_VIEW = `
delete
from saved_view
where id = $3
  and (person = $1 or unit = any ($2))`;
