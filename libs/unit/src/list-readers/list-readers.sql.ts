/** The newest entries of the access log about one request. A person who never signed in here has no name. */
export const LIST_READERS = `
select entry.person, member.name, entry.at, entry.operation
from (
  select person, at, operation, position
  from access_log
  where owning_force = $1
    and request_id = $2
  order by position desc
  limit 200
) as entry
left join member on member.person = entry.person
order by entry.position desc`;
