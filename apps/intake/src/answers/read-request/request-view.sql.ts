import { utcText } from '#persistence';

/** The columns of a `RequestView`, read from `VIEW_TABLES`. */
export const VIEW_COLUMNS = `
  request.id,
  request.reference,
  request.type,
  request.version,
  request.unit,
  progress.unit_reference as "unitReference",
  progress.state,
  progress.sequence,
  request.agreement_id as "agreementId",
  request.channel,
  request.origin,
  request.received_at as "receivedAt",
  progress.updated_at as "updatedAt",
  coalesce(corrected.payload, request.payload) as payload,
  case when corrected.payload is not null then request.payload end as "submittedPayload",
  progress.question,
  progress.answer,
  to_char(progress.reopen_until, 'YYYY-MM-DD') as "reopenUntil",
  progress.reason,
  progress.belongs_to as "belongsTo",
  coalesce(progress.clocks, '[]'::json) as clocks,
  (
    select coalesce(json_agg(json_build_object(
      'id', id,
      'kind', kind,
      'state', state,
      'says', says,
      'requestedBy', requested_by,
      'requestedAt', ${utcText('requested_at')},
      'settledAt', ${utcText('settled_at')},
      'problem', problem
    ) order by requested_at, id), '[]'::json)
    from change_of_mind
    where owning_force = request.owning_force
      and request_id = request.id
  ) as changes`;

/** Joins a request with its progress and with its payload as it was last corrected. */
export const VIEW_TABLES = `request
join progress
  on progress.owning_force = request.owning_force
  and progress.request_id = request.id
left join lateral (
  select payload
  from change_of_mind
  where owning_force = request.owning_force
    and request_id = request.id
    and payload is not null
  order by sequence desc
  limit 1
) as corrected on true`;

export const READ_REQUEST = `
select ${VIEW_COLUMNS}
from ${VIEW_TABLES}
where request.owning_force = $1
  and request.id = $2`;
