/**
 * Applies the events of units to the state of requests, and adds each event to the feed. The highest sequence
 * wins, in whatever order the events come. $1 is a JSON list of events; `newest` marks the one that counts
 * for its request. $2 is the force. $3 is the topic on which they must still be published, or null if they
 * came from it.
 *
 * `coalesce` keeps the fields that an event of an older unit leaves out (decision 0039). The mark of a reply
 * belongs to one question, so it is removed when the unit withdraws the question or asks another one. A
 * refused change does not change the state of a request: it only settles the change that the force wanted.
 * The payload of a correction is kept in its own row, whatever comes before or after.
 */
export const PROJECT_CHANGES = `
with item as materialized (
  select *
  from json_to_recordset($1) as item (
    n integer, newest boolean, event_id uuid, type text, time timestamptz, trace text, source text,
    request_id uuid, unit text, unit_reference text, state text, sequence integer,
    question text, question_version integer, reason text, belongs_to text, answer json,
    reopen_until date, clocks json, change_id uuid, problem json, payload json, data json
  )
), ours as materialized (
  select item.*
  from item
  join request
    on request.owning_force = $2
    and request.id = item.request_id
    and request.unit = item.unit
), moved_progress as (
  update progress
  set state = ours.state,
    sequence = ours.sequence,
    unit_reference = ours.unit_reference,
    question = case
      when ours.state = 'waiting-for-force'
      then coalesce(ours.question, progress.question)
    end,
    asked_version = case
      when ours.state = 'waiting-for-force'
      then coalesce(ours.question_version, progress.asked_version)
    end,
    replied = progress.replied
      and progress.state = 'waiting-for-force'
      and ours.state = 'waiting-for-force'
      and coalesce(ours.question_version <= progress.sequence, true),
    reason = coalesce(ours.reason, case when ours.state = 'held' then progress.reason end),
    belongs_to = ours.belongs_to,
    answer = ours.answer,
    reopen_until = ours.reopen_until,
    clocks = coalesce(ours.clocks, progress.clocks),
    updated_at = date_trunc('milliseconds', now())
  from ours
  where ours.newest
    and progress.owning_force = $2
    and progress.request_id = ours.request_id
    and progress.sequence < ours.sequence
), noticed_progress as (
  update progress
  set updated_at = date_trunc('milliseconds', now()),
    reason = coalesce((
      select problem ->> 'detail'
      from ours
      where ours.type = 'concordat.request-not-taken.v1'
        and ours.request_id = progress.request_id
        and progress.state = 'accepted'
      limit 1
    ), reason)
  where owning_force = $2
    and request_id in (select request_id from ours where problem is not null)
    and request_id not in (select request_id from ours where newest)
), settled_change_of_mind as (
  update change_of_mind
  set state = case when ours.problem is null then 'done' else 'refused' end,
    problem = ours.problem,
    settled_at = ours.time,
    payload = ours.payload,
    sequence = case when ours.problem is null then ours.sequence end
  from ours
  where change_of_mind.owning_force = $2
    and change_of_mind.id = ours.change_id
    and change_of_mind.request_id = ours.request_id
    and change_of_mind.state = 'requested'
), written_event as (
  insert into event (
    owning_force, event_id, request_id, type, time, traceparent, topic, key, source, data
  )
  select $2, event_id, request_id, type, time, trace,
    $3::text, case when $3::text is not null then request_id::text end, source, data
  from ours
  order by n
)
select n
from item
where (n in (select n from ours)) is not true
`;

/** Reads the state of requests. Their rows stay locked until the transaction ends. */
export const LOCK_PROGRESS = `
select progress.request_id as id, request.unit, progress.state, progress.sequence
from progress
join request
  on request.owning_force = progress.owning_force
  and request.id = progress.request_id
where progress.owning_force = $1
  and progress.request_id = any ($2)
order by progress.request_id
for no key update of progress
`;
