import { LATEST_PAYLOAD } from '../task-row.sql.ts';

/** Each statement takes the owning force and the id of one request. */
export const REQUEST_AS_SUBMITTED = `
select
  channel,
  submitted_by as "submittedBy",
  agreement_id as "agreementId",
  payload as "submittedPayload"
from request
where owning_force = $1
  and id = $2`;

export const CORRECTIONS = `
select id as "changeId", at, corrected_by as by, reason, corrected
from correction
where owning_force = $1
  and request_id = $2
order by version desc`;

/**
 * The events of one request. An event was sent when the relay first confirmed a place behind it, unless the
 * broker refused it; events that were sent before the places were kept have the moment they were written.
 */
export const EVENTS = `
select
  event.type,
  event.time,
  event.person,
  event.data,
  event.topic is not null as told,
  case
    when event.topic is null then null
    when unsent.event_id is not null then unsent.sent_at
    else (
      select coalesce(relay_place.at, event.time)
      from relay_place
      where relay_place.high_xid > event.xid
        and (relay_place.low_xid > event.xid or relay_place.last_position >= event.position)
      order by relay_place.high_xid, relay_place.last_position
      limit 1
    )
  end as "sentAt"
from event
left join unsent
  on unsent.owning_force = event.owning_force
  and unsent.event_id = event.event_id
where event.owning_force = $1
  and event.request_id = $2
order by event.position desc`;

export const NOTES = `
select id, kind, author, text, at
from note
where owning_force = $1
  and request_id = $2
order by at desc, id desc`;

export const NEWEST_PROPOSAL = `
select proposer, at, answer
from proposal
where owning_force = $1
  and request_id = $2
order by version desc
limit 1`;

/** These requests of one force, newest first. */
export const RELATED_REQUESTS = `
select
  request.id,
  request.unit_reference as reference,
  request.type,
  request.version as "typeVersion",
  task.state,
  request.received_at as at, ${LATEST_PAYLOAD}
from request
join task
  on task.owning_force = request.owning_force
  and task.id = request.id
where request.owning_force = $1
  and request.id = any ($2)
order by request.received_at desc, request.id`;
