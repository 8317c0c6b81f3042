import { TASK_COLUMNS, TASK_JOIN } from '../task-row.sql.ts';

/**
 * Number of entries that a search reads for a term, in each force. It is part of the text, because with a
 * parameter each call would be planned again.
 */
export const ENTRIES_MAX = 1_000;

/** The number of entries of each range of terms; `beyond` if a force has more than are counted. */
export const COUNT_ENTRIES = `
select
  range.n::integer as n,
  sum(counted.n)::integer as entries,
  bool_or(counted.n > ${ENTRIES_MAX}) as beyond
from unnest($2::text[], $3::text[]) with ordinality as range (first, last, n)
cross join unnest($1::text[]) as force (slug)
cross join lateral (
  select count(*) as n
  from (
    select
    from search_term
    where owning_force = force.slug
      and term >= range.first
      and term <= range.last
    limit ${ENTRIES_MAX + 1}
  ) as entry
) as counted
group by range.n`;

/**
 * The requests of one range of terms that have every whole word ($4) too. The entries are read backwards: the
 * newest of one word come first, and of several references the highest.
 */
const REQUESTS_OF_RANGE = `
select distinct entry.id
from unnest($1::text[]) as force (slug)
cross join lateral (
  select owning_force, id
  from search_term
  where owning_force = force.slug
    and term >= $2
    and term <= $3
  order by term desc, id desc
  limit ${ENTRIES_MAX}
) as entry
where not exists (
    select
    from unnest($4::text[]) as word (term)
    where not exists (
        select
        from search_term
        where search_term.owning_force = entry.owning_force
          and search_term.term = word.term
          and search_term.id = entry.id
      )
  )`;

export const FIND_REQUESTS = `${REQUESTS_OF_RANGE}
order by id desc`;

/**
 * The same, and with a term between $5 and $6. "in (…) is true" looks each request up in a hash (see
 * `STORE_ARRIVALS`).
 */
export const FIND_REQUESTS_IN_BOTH = `${REQUESTS_OF_RANGE}
  and ((entry.owning_force, entry.id) in (
    select other.owning_force, other.id
    from unnest($1::text[]) as force (slug)
    cross join lateral (
      select owning_force, id
      from search_term
      where owning_force = force.slug
        and term >= $5
        and term <= $6
      limit ${ENTRIES_MAX}
    ) as other
  )) is true
order by id desc`;

export const FIND_TASKS = `
select ${TASK_COLUMNS}
from ${TASK_JOIN}
where task.owning_force = any ($1)
  and task.id = any ($2)`;
