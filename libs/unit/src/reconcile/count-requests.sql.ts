/** The number of requests that arrived and that are in each state, and of dead letters, by force. */
export const COUNT_REQUESTS = `
select owning_force as force, 'arrived' as what, sum(n)::float8 as n
from arrival_count
where owning_force = any ($1)
group by 1
union all
select owning_force, state, sum(n)::float8
from queue_count
where owning_force = any ($1)
  and n <> 0
group by 1, 2
union all
select owning_force, 'deadLettered', count(*)::float8
from dead_letter
where owning_force = any ($1)
group by 1`;
