/**
 * Stores request, progress, event and log entry as STORE_SUBMISSIONS does. They were published already. $1 is
 * a JSON list of rows. The topic does not hold the sender's key, so a repeat is recognised by its reference.
 */
export const RESTORE_SUBMISSIONS = `
with item as materialized (
  select *
  from json_to_recordset($1) as item (
    n integer, force text, id uuid, hash text, reference text, type text, version smallint,
    unit text, channel text, submitter text, agreement text, received timestamptz, trace text,
    logged boolean, payload json, data json
  )
), lost as materialized (
  select item.*
  from item
  where not exists (
    select
    from request
    where owning_force = force
      and request.id = item.id
  )
), stored as (
  insert into request (
    owning_force, id, reference, type, version, unit, payload, content_hash, channel,
    submitted_by, agreement_id, received_at
  )
  select
    force, id, reference, type, version, unit, payload, hash, channel,
    submitter, agreement, received
  from lost
  order by force, reference
  on conflict do nothing
  returning owning_force, id
), here as materialized (
  select lost.*
  from lost
  join stored
    on stored.owning_force = force
    and stored.id = lost.id
), progress as (
  insert into progress (owning_force, request_id, state, updated_at)
  select force, id, 'accepted', received
  from here
  order by n
), event as (
  insert into event (
    owning_force, event_id, request_id, type, time, traceparent, source, data
  )
  select force, id, id, 'concordat.request-submitted.v1', received, trace, '/service/intake', data
  from here
  order by n
), access_log as (
  insert into access_log (owning_force, person, service, operation, request_id, reason)
  select
    force, submitter, 'intake', 'collection', id, 'after a restore, from the topic of its unit'
  from here
  where logged
  order by n
)
select lost.id, here.id is not null as here
from lost
left join here on here.id = lost.id`;
