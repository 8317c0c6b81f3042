import { INSERT_ACCESS_LOG } from '#persistence';

/**
 * The only statement that changes tasks in normal work. It writes task, event, access log, and a note or a
 * proposal if there is one. The version and the state that were read are part of its condition, so a change
 * that came second leaves no trace.
 */
export const WRITE_CHANGES = `
with change as materialized (
  select *
  from json_to_recordset($1) as change (
    n integer, force text, id uuid, "fromVersion" integer, "fromState" text,
    state text, assignee text, proposer text, due timestamptz, clocks json, question json,
    "taskReason" text, at timestamptz, "writtenAt" timestamptz,
    event uuid, type text, trace text, topic text, source text, changed json,
    person text, service text, reason text, entry uuid,
    "noteKind" text, "noteText" text, proposal json
  )
), written_task as (
  update task
  set state = change.state,
    assignee = change.assignee,
    proposer = change.proposer,
    due_at = coalesce(change.due, 'infinity'),
    clocks = change.clocks,
    question = change.question,
    reason = change."taskReason",
    version = task.version + 1,
    updated_at = change."writtenAt"
  from change
  where task.owning_force = change.force
    and task.id = change.id
    and task.version = change."fromVersion"
    and task.state = change."fromState"
  returning change.*, task.version as "toVersion"
), written_event as (
  insert into event (
    owning_force, event_id, request_id, type, time, traceparent, topic, key, source, data, person
  )
  select force, event, id, type, "writtenAt", trace, topic, id::text, source, changed, person
  from written_task
  order by n
), written_access_log as (
  ${INSERT_ACCESS_LOG}
  select force, person, service, 'alteration', id, null, reason
  from written_task
  order by n
), written_note as (
  insert into note (owning_force, id, request_id, kind, author, text, at)
  select force, entry, id, "noteKind", person, "noteText", at
  from written_task
  where "noteText" is not null
), written_proposal as (
  insert into proposal (owning_force, id, request_id, version, proposer, answer, at)
  select force, entry, id, "toVersion", person, proposal, at
  from written_task
  where proposal is not null
)
select n
from written_task`;

/** The newest proposal of a request, which is the one that awaits a decision. */
export const PROPOSED_ANSWER = `
select answer
from proposal
where owning_force = $1
  and request_id = $2
order by version desc
limit 1`;
