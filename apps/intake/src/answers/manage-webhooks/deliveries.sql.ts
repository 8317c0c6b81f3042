/** The limit is part of the text: a parameter would make PostgreSQL plan the query each time. */
export const listDeliveriesSql = (limit: number): string => `
select delivery.event_id as "eventId", event.type, delivery.request_id as "requestId",
  delivery.state, delivery.tries, delivery.last_try_at as "lastTryAt",
  delivery.last_status as "lastStatus", delivery.last_error as "lastError",
  case
    when delivery.state = 'waiting' and webhook.enabled and delivery.next_try_at > now()
    then delivery.next_try_at
  end as "nextTryAt",
  delivery.delivered_at as "deliveredAt", delivery.position
from webhook_delivery as delivery
join event
  on event.owning_force = $1
  and event.event_id = delivery.event_id
join webhook
  on webhook.owning_force = $1
  and webhook.id = $2
where delivery.owning_force = $1
  and delivery.webhook_id = $2
  and ($3::text is null or delivery.state = $3)
  and delivery.position < coalesce($4::bigint, 9223372036854775807)
order by delivery.position desc
limit ${limit}`;

/** Takes one more than the limit, so that a period with too many events is noticed. */
export const redeliverSql = (redeliveriesMax: number): string => `
with chosen as materialized (
  select event_id
  from webhook_delivery
  where owning_force = $1
    and webhook_id = $2
    and ($3::uuid is null or event_id = $3)
    and ($4::timestamptz is null or created_at >= $4)
    and ($5::timestamptz is null or created_at < $5)
  limit ${redeliveriesMax + 1}
)
update webhook_delivery as again
set state = 'waiting',
  next_try_at = case
    when again.state = 'waiting' and again.last_error is null then again.next_try_at
    else now()
  end,
  tries = case again.state when 'waiting' then again.tries else 0 end,
  first_try_at = case again.state when 'waiting' then again.first_try_at end,
  delivered_at = null
from chosen
where again.owning_force = $1
  and again.webhook_id = $2
  and again.event_id = chosen.event_id`;
