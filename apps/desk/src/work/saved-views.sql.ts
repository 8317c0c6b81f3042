export const VIEWS = `
select id, unit, name, query, person = $1 as own
from saved_view
where (unit is null and person = $1)
  or unit = any ($2)
order by name, id
limit 50`;

export const INSERT_VIEW = `
insert into saved_view (id, person, unit, name, query)
values ($1, $2, $3, $4, $5)`;

export const DELETE_VIEW = `
delete
from saved_view
where person = $1
  and id = $2`;
