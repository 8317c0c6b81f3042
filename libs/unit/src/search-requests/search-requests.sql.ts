import { LISTED_COLUMNS, TASK_JOIN } from '../task-row.sql.ts';

/**
 * Number of entries that a search reads for a term, in each force. It is part of the text, because with a
 * parameter each call would be planned again.
 */
export const ENTRIES_MAX = 500;

/** The newest years in which the unit gave references. Its counter has one row for each year. */
export const REFERENCE_YEARS = `
select year
from reference_counter
where prefix = $1
order by year desc
limit 5`;

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

export interface RequestsToFind {
  /** Number of entries of the range that are read in each force. */
  readonly entries: number;
  /** Number of requests that are returned. */
  readonly limit: number;
  /** True if the requests must have a term of a second range too. */
  readonly isInBoth: boolean;
}

/**
 * Finds the requests that have a term between $2 and $3 and every whole word of $4, newest first. The entries
 * are read backwards: the newest of one word come first, and of several references the highest.
 */
export const findRequestsSql = ({ entries, limit, isInBoth }: RequestsToFind): string => `
select distinct entry.id
from unnest($1::text[]) as force (slug)
cross join lateral (
  select owning_force, id
  from search_term
  where owning_force = force.slug
    and term >= $2
    and term <= $3
  order by term desc, id desc
  limit ${entries}
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
  )${isInBoth ? IN_THE_SECOND_RANGE : ''}
order by id desc
limit ${limit}`;

/** "in (…) is true" looks each request up in a hash (see `STORE_ARRIVALS`). */
const IN_THE_SECOND_RANGE = `
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
  )) is true`;

export const FIND_TASKS = `
select ${LISTED_COLUMNS}
from ${TASK_JOIN}
where task.owning_force = any ($1)
  and task.id = any ($2)`;
