export const COUNT_REQUESTS = `
select 'received' as what, null as state, count(*)::float8 as n
from request
where owning_force = $1
union all
select 'state', state, count(*)::float8
from progress
where owning_force = $1
group by state
union all
select 'refused', null, count(*)::float8
from refusal
where owning_force = $1
union all
select 'deadLettered', null, count(*)::float8
from dead_letter
where owning_force = $1`;

export const COUNT_DEAD_LETTERS = `
select count(*)::float8 as n
from dead_letter`;
