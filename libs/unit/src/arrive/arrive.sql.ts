import { INSERT_ACCESS_LOG } from '#persistence';

/**
 * Stores a whole batch in one statement with one JSON parameter: 8 times as fast as single statements
 * (docs/reference/bench.md). The rows come in the order of the inbox's key, so that two replicas with the
 * same messages never wait for each other in a circle.
 *
 * "in (…) is true" looks each row up in a hash. A join would compare each row with each, because the planner
 * may not hash joins here (decision 0011).
 */
export const STORE_ARRIVALS = `
with arriving as materialized (
  select *
  from json_to_recordset($1) as arriving (
    n integer, force text, message text, hash text, id uuid,
    type text, version smallint, reference text, unit_reference text, payload json,
    received timestamptz, channel text, submitter text, agreement text, trace text,
    risk smallint, due timestamptz, clocks json,
    event uuid, topic text, at timestamptz, changed json
  )
), written_inbox as (
  insert into inbox (owning_force, message_id, content_hash, received_at)
  select force, message, hash, at
  from arriving
  on conflict (owning_force, message_id) do nothing
  returning owning_force, message_id
), written_request as (
  insert into request (
    owning_force, id, type, version, force_reference, unit_reference, payload, content_hash,
    received_at, arrived_at, channel, submitted_by, agreement_id, traceparent
  )
  select
    force, id, type, version, reference, unit_reference, payload, hash,
    received, at, channel, submitter, agreement, trace
  from arriving
  where ((force, message) in (select owning_force, message_id from written_inbox)) is true
  order by force, id
  on conflict (owning_force, id) do nothing
  returning owning_force, id
), stored as (
  select *
  from arriving
  where ((force, id) in (select owning_force, id from written_request)) is true
), written_task as (
  insert into task (owning_force, id, type, due_at, risk, clocks, updated_at)
  select force, id, type, coalesce(due, 'infinity'), risk, clocks, at
  from stored
  order by n
), written_event as (
  insert into event (
    owning_force, event_id, request_id, type, time, traceparent, topic, key, source, data, person
  )
  select
    force, event, id, 'concordat.request-queued.v1', at, trace, topic, id::text, $2, changed,
    submitter
  from stored
  order by n
), written_access_log as (
  ${INSERT_ACCESS_LOG}
  select force, submitter, $3, 'collection', id, null, null
  from stored
  order by n
)
select id
from written_request`;

/**
 * The messages that were not stored because their message id or request id is already used for other content.
 */
export const CONFLICTS_AMONG = `
select n
from json_to_recordset($1) as other (n integer, force text, message text, hash text, id uuid)
where exists (
    select
    from inbox
    where owning_force = force
      and message_id = message
      and content_hash <> hash
  )
  or exists (
    select
    from request
    where owning_force = force
      and request.id = other.id
      and content_hash <> hash
  )`;

export const TAKE_REFERENCE_NUMBERS = `
insert into reference_counter as counter (prefix, year, last)
values ($1, to_char(now() at time zone 'Europe/London', 'YY'), $2)
on conflict (prefix, year) do update
set last = counter.last + excluded.last
returning year, last, now()`;

export const KEEP_CORRECTION = `
insert into correction (
  owning_force, id, request_id, version, corrected, payload, reason, corrected_by, at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/** The last day to reopen, from the newest event that finished the request. */
export const REOPEN_UNTIL = `
select data ->> 'reopenUntil' as day
from event
where owning_force = $1
  and request_id = $2
  and type = any ($3)
order by position desc
limit 1`;

/**
 * Selects whether a request is stored here, or its force was notified already ($3) that it was not accepted.
 */
export const IS_KNOWN = `
select exists (
    select
    from request
    where owning_force = $1
      and id = $2
  )
  or exists (
    select
    from event
    where owning_force = $1
      and request_id = $2
      and type = $3
  ) as known`;

/** The first dead letter about a request. */
export const FIND_DEAD_LETTER = `
select headers, value
from dead_letter
where owning_force = $1
  and key = $2
order by kept_at
limit 1`;
