/** The columns of a `BulkRow`. The numbers count the items of the forces that the transaction may see. */
const BULK_COLUMNS = `
  id,
  command,
  filter,
  total,
  prepared_at as "preparedAt",
  started_at as "startedAt",
  stopped_at as "stoppedAt",
  finished_at as "finishedAt",
  (
    select count(*)::integer
    from bulk_item
    where owning_force = any ($1)
      and bulk_id = bulk_change.id
      and status = 200
  ) as done,
  (
    select count(*)::integer
    from bulk_item
    where owning_force = any ($1)
      and bulk_id = bulk_change.id
      and status > 200
  ) as refused`;

export const ADD_BULK = `
insert into bulk_change (id, person, name, role, forces, command, body, filter, total)
values ($1, $2, $3, $4, $5, $6, $7, $8, 0)`;

/**
 * Selects the tasks under these conditions into the items of a bulk change ($2), in the order of work. The
 * limit is in the text, as in the queue.
 */
export const selectItemsSql = (conditions: readonly string[], limit: number): string => `
insert into bulk_item (owning_force, bulk_id, place, request_id, version)
select
  owning_force,
  $2,
  row_number() over (order by due_at, 9 - risk, arrival),
  id,
  version
from (
  select page.*
  from unnest($1::text[]) as force (slug)
  cross join lateral (
    select owning_force, id, version, due_at, risk, arrival
    from task
    where ${conditions.join(' and ')}
    order by due_at, 9 - risk, arrival
    limit ${limit}
  ) as page
) as selected`;

/** Selects single requests, by id, into the items of a bulk change. */
export const SELECT_NAMED_ITEMS = `
insert into bulk_item (owning_force, bulk_id, place, request_id, version)
select owning_force, $2, row_number() over (order by due_at, 9 - risk, arrival), id, version
from task
where owning_force = any ($1)
  and id = any ($3)`;

export const SET_TOTAL = `
update bulk_change
set total = $2
where id = $1`;

/** Removes what a person prepared before the newest $2. */
export const FORGET_OLD_BULKS = `
delete
from bulk_change
where id in (
    select id
    from bulk_change
    where person = $1
      and (finished_at is not null or started_at is null)
    order by prepared_at desc
    offset $2
  )`;

export const FIND_BULK = `
select ${BULK_COLUMNS}
from bulk_change
where id = $2
  and person = $3`;

export const LIST_BULKS = `
select ${BULK_COLUMNS}
from bulk_change
where person = $2
order by prepared_at desc
limit $3`;

export const START_BULK = `
update bulk_change
set started_at = coalesce(started_at, now())
where id = $1
  and person = $2
  and stopped_at is null`;

export const STOP_BULK = `
update bulk_change
set
  stopped_at = coalesce(stopped_at, now()),
  finished_at = coalesce(finished_at, now())
where id = $1
  and person = $2
  and finished_at is null`;

/** The items of a bulk change with their requests, in the order of work. */
export const LIST_ITEMS = `
select
  bulk_item.place,
  bulk_item.status,
  bulk_item.reason,
  request.unit_reference as reference,
  request.force_reference as "forceReference",
  request.owning_force as force
from bulk_item
join request
  on request.owning_force = bulk_item.owning_force
  and request.id = bulk_item.request_id
where bulk_item.owning_force = any ($1)
  and bulk_item.bulk_id = $2
  and bulk_item.place > $3
  and ($4::boolean is null or (bulk_item.status > 200) = $4)
order by bulk_item.place
limit $5`;

export const RUNNING_BULKS = `
select id, person, name, role, forces, command, body
from bulk_change
where started_at is not null
  and finished_at is null
order by started_at`;

/**
 * The next items of a bulk change. If two processes take the same ones, the second finds every version
 * changed, and its results are not kept.
 */
export const NEXT_ITEMS = `
select owning_force as force, place, request_id as "requestId", version
from bulk_item
where owning_force = any ($1)
  and bulk_id = $2
  and status is null
order by owning_force, place
limit $3`;

export const KEEP_RESULTS = `
update bulk_item
set
  status = result.status,
  reason = result.reason
from json_to_recordset($2) as result (force text, place integer, status smallint, reason text)
where bulk_item.owning_force = result.force
  and bulk_item.bulk_id = $1
  and bulk_item.place = result.place
  and bulk_item.status is null`;

/** Ends a bulk change if none of its items is left, also none that another process works on. */
export const FINISH_BULK = `
update bulk_change
set finished_at = now()
where id = $2
  and finished_at is null
  and not exists (
    select
    from bulk_item
    where owning_force = any ($1)
      and bulk_id = $2
      and status is null
  )`;
