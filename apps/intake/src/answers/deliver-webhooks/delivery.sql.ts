import { SETTLED_TRANSACTIONS } from '../log-place.sql.ts';

/** The number of deliveries that wait at one destination. The rest stays in the feed until there is room. */
const WAITING_MAX = 1_000;

/** The current secret, and the previous one as long as it signs. */
export const DESTINATIONS = `
select id, url, created_by as "createdBy",
  case
    when previous_secret_until > now() then array[secret, previous_secret]
    else array[secret]
  end as secrets
from webhook
where owning_force = $1
  and enabled
order by id`;

/**
 * Reads the webhook's place in the feed and its room for more deliveries, and locks the row so that only one
 * replica moves it.
 */
export const LOCK_CURSOR = `
select types, cursor_xid as xid, cursor_position as position, ${WAITING_MAX} - (
    select count(*)::int
    from (
      select 1
      from webhook_delivery
      where owning_force = $1
        and webhook_id = $2
        and state = 'waiting'
      limit ${WAITING_MAX}
    ) as waiting
  ) as room
from webhook
where owning_force = $1
  and id = $2
  and enabled
for update skip locked`;

export const TAKE_FROM_FEED = `
with page as materialized (
  select event_id, request_id, type, xid, position
  from event
  where owning_force = $1
    and (xid, position) > ($3::bigint, $4::bigint)
    and ${SETTLED_TRANSACTIONS}
  order by xid, position
  limit $5
), new_delivery as (
  insert into webhook_delivery (owning_force, webhook_id, event_id, position, request_id)
  select $1, $2, event_id, position, request_id
  from page
  where $6::text[] is null
    or type = any ($6::text[])
  on conflict do nothing
), last as (
  select xid, position
  from page
  order by xid desc, position desc
  limit 1
)
update webhook
set cursor_xid = last.xid, cursor_position = last.position
from last
where owning_force = $1
  and id = $2`;

export const CLAIM_DELIVERIES = `
with due as materialized (
  select event_id
  from webhook_delivery as due
  where owning_force = $1
    and webhook_id = $2
    and state = 'waiting'
    and next_try_at <= now()
    and not exists (
      select
      from webhook_delivery as earlier
      where earlier.owning_force = $1
        and earlier.webhook_id = $2
        and earlier.state = 'waiting'
        and earlier.request_id = due.request_id
        and earlier.position < due.position
    )
  order by next_try_at, position
  limit $3
  for update skip locked
)
update webhook_delivery as taken
set tries = tries + 1,
  first_try_at = coalesce(first_try_at, clock_timestamp()),
  last_try_at = clock_timestamp(),
  last_status = null,
  last_error = null,
  next_try_at = clock_timestamp() + $4 * interval '1 millisecond'
from due
join event
  on event.owning_force = $1
  and event.event_id = due.event_id
where taken.owning_force = $1
  and taken.webhook_id = $2
  and taken.event_id = due.event_id
returning taken.tries, event.event_id as id, event.type, event.time,
  event.request_id as "requestId", event.data, event.xid, event.position`;

/**
 * Everything that changes a webhook and its deliveries locks the webhook first, so that no two transactions
 * wait for each other in a circle.
 */
export const LOCK_WEBHOOK = `
select
from webhook
where owning_force = $1
  and id = $2
for update`;

/** The try that has this result, unless a newer one has started. */
const THIS_TRY = `owning_force = $1
    and webhook_id = $2
    and event_id = $3
    and state = 'waiting'
    and tries = $4`;

export const RECORD_DELIVERED = `
with delivered as (
  update webhook_delivery
  set state = 'delivered', delivered_at = clock_timestamp(), last_status = $5, last_error = null
  where ${THIS_TRY}
  returning webhook_id
)
update webhook
set last_delivered_at = clock_timestamp()
from delivered
where owning_force = $1
  and id = delivered.webhook_id`;

export const RECORD_FAILED = `
update webhook_delivery
set state = case when $7::float8 is null then 'given-up' else 'waiting' end,
  tries = least(tries, $8),
  last_status = $5,
  last_error = $6,
  next_try_at = clock_timestamp() + coalesce($7, 0) * interval '1 second'
where ${THIS_TRY}
returning state, not exists (
    select
    from webhook
    where owning_force = $1
      and id = $2
      and last_delivered_at >= first_try_at
  ) as unanswered`;

export const DISABLE_WEBHOOK = `
update webhook
set enabled = false,
  disabled_reason = $3,
  disabled_at = date_trunc('milliseconds', clock_timestamp()),
  version = version + 1
where owning_force = $1
  and id = $2
  and enabled
returning url, disabled_at as at`;
