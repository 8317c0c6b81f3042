/** Locks the rows of requests in one order, so that no two transactions wait for each other in a circle. */
export const LOCK_REQUESTS = `
select request_id
from progress
where owning_force = $1
  and request_id = any ($2)
order by request_id
for update`;

/** Reads the state of a request and locks its row. $3: the kinds of changes that move a request. */
export const KNOWN_REQUEST = `
select
  request.unit,
  request.type,
  request.version as "typeVersion",
  progress.state,
  progress.sequence,
  progress.asked_version as "askedVersion",
  progress.replied,
  to_char(progress.reopen_until, 'YYYY-MM-DD') as "reopenUntil",
  exists (
    select
    from change_of_mind
    where owning_force = $1
      and request_id = $2
      and kind = any ($3)
      and state = 'requested'
  ) as moving,
  case
    when exists (
      select
      from rehearsal
      where owning_force = $1
        and request_id = $2
    ) then 'sandbox'
    else 'unit'
  end as destination,
  date_trunc('milliseconds', now()) as at
from progress
join request
  on request.owning_force = progress.owning_force
  and request.id = progress.request_id
where progress.owning_force = $1
  and progress.request_id = $2
for update of progress`;

export const RECEIPT_OF_KEY = `
select content_hash
from receipt
where owning_force = $1
  and channel = $2
  and key = $3`;

export const CHANGE_OF_KEY = `
select id
from change_of_mind
where owning_force = $1
  and channel = $2
  and key = $3`;

/** Stores the receipt of a reply, and marks that the question has a reply. */
export const KEEP_REPLY = `
with receipt as (
  insert into receipt (owning_force, channel, key, content_hash, request_id)
  values ($1, $2, $3, $4, $5)
)
update progress
set replied = true, updated_at = $6
where owning_force = $1
  and request_id = $5`;

/** Stores the receipt of a change, and the change as requested until the unit has decided. */
export const KEEP_CHANGE = `
with receipt as (
  insert into receipt (owning_force, channel, key, content_hash, request_id)
  values ($1, $2, $3, $4, $5)
), change_of_mind as (
  insert into change_of_mind
    (owning_force, id, request_id, kind, channel, key, requested_by, requested_at, says)
  values ($1, $7, $5, $8, $2, $3, $9, $6, $10)
)
update progress
set updated_at = $6
where owning_force = $1
  and request_id = $5`;

/** Reads the payload as the unit last confirmed it, and the corrections that the unit has not decided on. */
export const PAYLOAD_TO_CORRECT = `
select
  coalesce(
    (
      select payload
      from change_of_mind
      where owning_force = $1
        and request_id = $2
        and payload is not null
      order by sequence desc
      limit 1
    ),
    (
      select payload
      from request
      where owning_force = $1
        and id = $2
    )
  ) as payload,
  (
    select coalesce(json_agg(says -> 'payload' order by requested_at, id), '[]'::json)
    from change_of_mind
    where owning_force = $1
      and request_id = $2
      and kind = 'correct'
      and state = 'requested'
  ) as "underWay"`;
