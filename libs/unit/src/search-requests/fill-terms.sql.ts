export const FIND_UNFILLED_FORCE = `
select force, filled_from as "filledFrom"
from search_fill
order by force
limit 1`;

export const MOVE_FILL = `
update search_fill
set filled_from = $2
where force = $1`;

export const END_FILL = `
delete
from search_fill
where force = $1`;

/** The next requests of a force, newest first. */
export const NEXT_TO_FILL = `
select id
from request
where owning_force = $1
  and id < $2
order by id desc
limit 500`;
