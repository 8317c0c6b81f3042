import { OLDEST_RUNNING } from '../log-place.sql.ts';

const VIEW = `id, url, types, enabled,
  disabled_reason as "disabledReason", disabled_at as "disabledAt",
  case when previous_secret_until > now() then previous_secret_until end as "previousSecretUntil",
  last_delivered_at as "lastDeliveredAt", created_at as "createdAt", version`;
const SECRET_OVERLAP = `interval '24 hours'`;

export const COUNT_WEBHOOKS = `
select count(*)::int as count
from webhook
where owning_force = $1`;

/** A new webhook begins after everything that has happened so far. */
export const CREATE_WEBHOOK = `
insert into webhook (
  owning_force, id, url, types, secret, created_by, cursor_xid, cursor_position
)
values (
  $1, $2, $3, $4, $5, $6,
  ${OLDEST_RUNNING} - 1, 9223372036854775807
)
returning ${VIEW}`;

export const LIST_WEBHOOKS = `
select ${VIEW}
from webhook
where owning_force = $1
order by created_at, id`;

export const READ_WEBHOOK = `
select ${VIEW}
from webhook
where owning_force = $1
  and id = $2`;

export const LOCK_VERSION = `
select version
from webhook
where owning_force = $1
  and id = $2
for update`;

export const CHANGE_WEBHOOK = `
update webhook
set version = version + 1,
  url = coalesce($3, url),
  types = case when $4::text[] is null then types else nullif($4, '{}') end,
  enabled = coalesce($5, enabled),
  disabled_at = case $5
    when true then null
    when false then coalesce(disabled_at, now())
    else disabled_at
  end,
  disabled_reason = case $5
    when true then null
    when false then coalesce(disabled_reason, 'Disabled by the force.')
    else disabled_reason
  end
where owning_force = $1
  and id = $2
returning ${VIEW}`;

export const TRY_WAITING_NOW = `
update webhook_delivery
set next_try_at = now()
where owning_force = $1
  and webhook_id = $2
  and state = 'waiting'
  and next_try_at > now()
  and last_error is not null`;

export const DELETE_WEBHOOK = `
delete
from webhook
where owning_force = $1
  and id = $2`;

export const ROTATE_SECRET = `
update webhook
set version = version + 1,
  previous_secret = secret,
  previous_secret_until = now() + ${SECRET_OVERLAP},
  secret = $3
where owning_force = $1
  and id = $2
returning ${VIEW}`;

export const DROP_PREVIOUS_SECRET = `
update webhook
set version = version + 1, previous_secret = null, previous_secret_until = null
where owning_force = $1
  and id = $2
returning ${VIEW}`;
