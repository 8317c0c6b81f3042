/** The staff who may get requests of a force; the same condition as `MAY_BE_ASSIGNED`. */
export const LIST_MEMBERS = `
select person, name, role
from member
where role = any ($1)
  and $2 = any (forces)
order by name, person
limit 500`;
