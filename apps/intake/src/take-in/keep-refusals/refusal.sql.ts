import { MESSAGE_ID_MAX, REFERENCE_MAX } from '#contracts';
import { INSERT_ACCESS_LOG, INSERT_EVENT, utcText } from '#persistence';

/** The most bodies that one statement erases, so that none holds its locks for long. */
export const ERASED_AT_ONCE_MAX = 500;

/**
 * Stores refusals in the caller's transaction, and answers those from Kafka on the force's events topic. A
 * refusal that is stored already changes nothing and is not answered again. `$2` says whether to answer.
 */
export const KEEP_REFUSALS = `
with item as materialized (
  select *
  from json_to_recordset($1) as item (
    n integer, force text, id uuid, repeat_key text, channel text, code text, reference text,
    message_id text, receipt_hash text, place text, body text, bytes text, headers json,
    problem json, trace text, topic text, event_key text, submitter text, logged boolean
  )
), new_refusal as (
  insert into refusal (
    owning_force, id, repeat_key, channel, code, reference, message_id, place, body, bytes,
    headers, problem
  )
  select force, id, repeat_key, channel, code, reference, message_id, place, body::json,
    decode(bytes, 'base64'), headers, problem
  from item
  order by force, repeat_key
  on conflict (owning_force, repeat_key) do nothing
  returning owning_force, id, refused_at
), new_receipt as (
  insert into receipt (owning_force, channel, key, content_hash)
  select force, channel, message_id, receipt_hash
  from item
  join new_refusal using (id)
  where receipt_hash is not null
    and message_id is not null
  order by force, channel, message_id
  on conflict do nothing
), new_event as (
  ${INSERT_EVENT}
  select force, id, null::uuid, 'concordat.request-refused.v1', new_refusal.refused_at, trace,
    topic, event_key, '/service/intake',
    json_strip_nulls(json_build_object(
      'refusalId', id,
      'messageId', left(nullif(message_id, ''), ${MESSAGE_ID_MAX}),
      'forceReference', left(nullif(reference, ''), ${REFERENCE_MAX}),
      'problem', problem,
      'at', ${utcText('new_refusal.refused_at')}
    ))
  from item
  join new_refusal using (id)
  where $2
  order by n
), new_access_log as (
  ${INSERT_ACCESS_LOG}
  select force, submitter, 'intake', 'collection', null::uuid, null::text, 'refusal ' || id
  from item
  join new_refusal using (id)
  where logged
  order by n
)
select id
from new_refusal`;

/**
 * Erases old bodies. The hash is made of the bytes as they came, or of the text of the body as it was kept.
 */
export const ERASE_BODIES = `
with due as materialized (
  select id
  from refusal
  where owning_force = $1
    and body_erased_at is null
    and refused_at < clock_timestamp() - $2 * interval '1 millisecond'
  order by refused_at
  limit ${ERASED_AT_ONCE_MAX}
  for update skip locked
), erased_refusal as (
  update refusal as old
  set body = null,
    bytes = null,
    headers = null,
    body_erased_at = clock_timestamp(),
    body_hash = encode(
      sha256(coalesce(old.bytes, convert_to(coalesce(old.body::text, ''), 'UTF8'))), 'hex'
    )
  from due
  where old.owning_force = $1
    and old.id = due.id
  returning old.id
), new_access_log as (
  ${INSERT_ACCESS_LOG}
  select $1, 'intake', 'intake', 'erasure', null::uuid, null::text, 'refusal ' || id
  from erased_refusal
)
select id
from erased_refusal`;
