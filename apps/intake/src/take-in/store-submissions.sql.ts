import { utcText } from '#persistence';

/**
 * The one statement that stores submissions. In one snapshot it checks the agreement, recognises repeats and
 * conflicts, and stores request, progress, receipt, event and access log of each new request. $1 is a JSON
 * list of rows; no two share a key or a reference.
 *
 * Rows whose destination is the sandbox skip the agreement check and are not published.
 *
 * A request that is known under another key leaves no receipt over REST, so a repeat gives the same 200 and
 * not a replay. Over Kafka its message id is used up.
 *
 * If a second transaction stores the same key or reference at the same moment, the later commit fails with
 * 23505. When it runs again, it sees the first.
 */
export const STORE_SUBMISSIONS = `
with item as materialized (
  select *
  from json_to_recordset($1) as item (
    n integer, force text, id uuid, channel text, key text, hash text, reference text, type text,
    version smallint, unit text, origin text, submitter text, trace text, logged boolean,
    payload json, destination text
  )
), moment as materialized (
  select date_trunc('milliseconds', now()) as at, ${utcText('now()')} as at_text
), live as materialized (
  select pair.force, pair.unit, min(agreement.agreement_id) as agreement_id
  from (select distinct force, unit from item) as pair
  join agreement
    on agreement.unit = pair.unit
    and pair.force = any (agreement.participants)
  where agreement.status = 'live'
    and (now() at time zone 'Europe/London')::date >= agreement.valid_from
    and (now() at time zone 'Europe/London')::date <= coalesce(agreement.valid_to, 'infinity')
  group by pair.force, pair.unit
), judged as materialized (
  select
    item.*,
    case item.destination when 'sandbox' then 'sandbox' else live.agreement_id end as agreement_id,
    moment.at,
    moment.at_text,
    coalesce(receipt.request_id, prior.id) as known_id,
    prior.origin as known_origin,
    case
      when receipt.content_hash = item.hash then 'replay'
      when receipt.content_hash is not null then 'key-reused'
      when prior.content_hash = item.hash then 'known'
      when prior.content_hash is not null then 'reference-conflict'
      when live.agreement_id is null and item.destination = 'unit' then 'no-agreement'
      else 'created'
    end as outcome
  from item
  cross join moment
  left join live
    on live.force = item.force
    and live.unit = item.unit
  left join receipt
    on receipt.owning_force = item.force
    and receipt.channel = item.channel
    and receipt.key = item.key
  left join request as prior
    on prior.owning_force = item.force
    and prior.reference = item.reference
), request as (
  insert into request (
    owning_force, id, reference, type, version, unit, payload, content_hash, origin, channel,
    submitted_by, agreement_id, received_at
  )
  select
    force, id, reference, type, version, unit, payload, hash, origin, channel,
    submitter, agreement_id, at
  from judged
  where outcome = 'created'
  order by force, reference
), progress as (
  insert into progress (owning_force, request_id, state, updated_at)
  select force, id, 'accepted', at
  from judged
  where outcome = 'created'
  order by n
), receipt as (
  insert into receipt (owning_force, channel, key, content_hash, request_id)
  select force, channel, key, hash, case outcome when 'created' then id else known_id end
  from judged
  where outcome = 'created'
    or (outcome = 'known' and channel = 'kafka')
  order by force, channel, key
), event as (
  insert into event (
    owning_force, event_id, request_id, type, time, traceparent, topic, key, source, data
  )
  select
    force,
    id,
    id,
    'concordat.request-submitted.v1',
    at,
    trace,
    case destination when 'unit' then 'unit.' || unit || '.requests.v1' end,
    id::text,
    '/service/intake',
    json_build_object(
      'requestId', id, 'type', type, 'version', version, 'forceReference', reference,
      'payload', payload, 'receivedAt', at_text, 'channel', channel, 'submittedBy', submitter,
      'agreementId', agreement_id
    )
  from judged
  where outcome = 'created'
  order by n
), access_log as (
  insert into access_log (owning_force, person, service, operation, request_id)
  select force, submitter, 'intake', 'collection', id
  from judged
  where outcome = 'created'
    and logged
  order by n
)
select n, outcome, agreement_id, known_id, known_origin, at
from judged
order by n
`;
