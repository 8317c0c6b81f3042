import { TASK_COLUMNS, TASK_JOIN, LATEST_PAYLOAD } from '../task-row.sql.ts';

/**
 * Requests that are taken at random for each one to draw. Those that the caller decided in the past, under
 * another role, are sorted out of these alone, because that needs the events of each.
 */
const CANDIDATES_FOR_ONE = 20;

/** True if a person ($2) proposed, confirmed, gave or refused the answer of the row `request`. */
const DECIDED_BY_CALLER = (request: string): string => `
  exists (
    select
    from event
    where event.owning_force = ${request}.owning_force
      and event.request_id = ${request}.request_id
      and event.person = $2
      and event.type in (
        'concordat.request-answered.v1',
        'concordat.request-declined.v1',
        'concordat.decision-proposed.v1'
      )
  )`;

/**
 * Draws requests at random from those that were decided in a period. Each request of every force has the same
 * chance: the lots of all forces are compared with each other. A finished task does not change, so its last
 * change is the moment of the decision. The limits are in the text, as in the queue.
 */
export const drawSql = (count: number): string => `
insert into quality_check (owning_force, request_id, id, drawn_by)
select owning_force, request_id, gen_random_uuid(), $2
from (
  select candidate.owning_force, candidate.id as request_id, candidate.lot
  from unnest($1::text[]) as force (slug)
  cross join lateral (
    select owning_force, id, random() as lot
    from task
    where owning_force = force.slug
      and state in ('answered', 'declined')
      and state in ('answered', 'declined', 'withdrawn')
      and updated_at >= $3
      and updated_at < $4
      and ($5::text is null or type = $5)
      and assignee is distinct from $2
      and proposer is distinct from $2
      and not exists (
        select
        from quality_check as earlier
        where earlier.owning_force = task.owning_force
          and earlier.request_id = task.id
      )
    order by lot
    limit ${count * CANDIDATES_FOR_ONE}
  ) as candidate
  order by candidate.lot
  limit ${count * CANDIDATES_FOR_ONE}
) as drawn
where not ${DECIDED_BY_CALLER('drawn')}
order by lot
limit ${count}
on conflict (owning_force, request_id) do nothing
returning id`;

/** The columns of a `CheckRow`, for the caller ($2). */
const CHECK_COLUMNS = `${TASK_COLUMNS},${LATEST_PAYLOAD},
  check_row.id as "checkId",
  check_row.drawn_by as "drawnBy",
  check_row.drawn_at as "drawnAt",
  check_row.outcome,
  check_row.remark,
  check_row.recorded_by as "recordedBy",
  check_row.recorded_at as "recordedAt",
  ${DECIDED_BY_CALLER('check_row')} as "decidedByCaller"`;

const CHECK_JOIN = `quality_check as check_row
join ${TASK_JOIN}
  on task.owning_force = check_row.owning_force
  and task.id = check_row.request_id`;

export const LISTS = ['open', 'mine', 'recorded'] as const;
export type CheckList = (typeof LISTS)[number];

const CONDITIONS: Readonly<Record<CheckList, string>> = {
  open: 'outcome is null',
  mine: 'drawn_by = $2',
  recorded: 'outcome is not null',
};
const ORDERS: Readonly<Record<CheckList, (table: string) => string>> = {
  open: (table) => `${table}.drawn_at, ${table}.id`,
  mine: (table) => `${table}.drawn_at desc, ${table}.id`,
  recorded: (table) => `${table}.recorded_at desc, ${table}.id`,
};

/** The first checks of a list, from an index of each force, with one more to know if there are others. */
export const listChecksSql = (list: CheckList, limit: number): string => `
select ${CHECK_COLUMNS}
from (
  select page.*
  from unnest($1::text[]) as force (slug)
  cross join lateral (
    select *
    from quality_check
    where owning_force = force.slug
      and ${CONDITIONS[list]}
    order by ${ORDERS[list]('quality_check')}
    limit ${limit + 1}
  ) as page
) as check_row
join ${TASK_JOIN}
  on task.owning_force = check_row.owning_force
  and task.id = check_row.request_id
order by ${ORDERS[list]('check_row')}
limit ${limit + 1}`;

export const FIND_CHECKS = `
select ${CHECK_COLUMNS}
from ${CHECK_JOIN}
where check_row.owning_force = any ($1)
  and check_row.id = any ($3)
order by check_row.drawn_at, check_row.id`;

/** Locks a check, so that the second of two people sees the outcome of the first. */
export const LOCK_CHECK = `
select
from quality_check
where owning_force = any ($1)
  and id = $2
for no key update`;

export const RECORD_OUTCOME = `
update quality_check
set
  outcome = $3,
  remark = $4,
  recorded_by = $5,
  recorded_at = clock_timestamp()
where owning_force = any ($1)
  and id = $2
  and outcome is null`;

/** The number of checks of each outcome; null is open. */
export const COUNT_CHECKS = `
select outcome, count(*)::float8 as n
from quality_check
where owning_force = any ($1)
group by outcome`;
