/** Begins to play requests of a sandbox force. $1 is a JSON list of rows. */
export const BEGIN_REHEARSALS = `
insert into rehearsal (owning_force, request_id, scenario, traceparent, step_at, due_at)
select
  owning_force, request_id, scenario, traceparent,
  date_trunc('milliseconds', now()),
  date_trunc('milliseconds', now())
from json_to_recordset($1) as item (
  n integer, owning_force text, request_id uuid, scenario text, traceparent text
)
order by n`;

/** Stores a message for the sandbox, and makes its request due. */
export const STORE_SANDBOX_MESSAGE = `
update rehearsal
set heard = heard || $3::jsonb, due_at = now()
where owning_force = $1
  and request_id = $2`;

/** Locks requests that are due, and leaves out those that another replica has locked. */
export const LOCK_DUE_REHEARSALS = `
select request_id
from rehearsal
join progress using (owning_force, request_id)
where owning_force = $1
  and due_at <= now()
order by due_at
limit $2
for update of progress skip locked`;

/** Reads the locked requests that are still due. */
export const DUE_REHEARSALS = `
select
  request.id as "requestId",
  request.owning_force as force,
  request.reference,
  request.type,
  request.version,
  request.unit,
  'TST-' || to_char(received_at at time zone 'Europe/London', 'YY')
    || '-' || lpad(number::text, greatest(6, length(number::text)), '0') as "unitReference",
  payload,
  received_at as "receivedAt",
  traceparent,
  progress.state,
  progress.sequence,
  progress.reason,
  case when progress.question is not null then
    json_build_object('text', progress.question, 'version', progress.asked_version)
  end as question,
  scenario,
  step,
  coalesce(step_at <= now(), false) as "stepDue",
  rehearsal.clocks,
  heard,
  date_trunc('milliseconds', now()) as at
from unnest($2::uuid[]) as locked (id)
join request
  on request.owning_force = $1
  and request.id = locked.id
join progress
  on progress.owning_force = $1
  and progress.request_id = locked.id
join rehearsal
  on rehearsal.owning_force = $1
  and rehearsal.request_id = locked.id
where due_at <= now()
order by due_at`;

export const STORE_STEPS = `
with played as materialized (
  select
    item.*,
    case
      when as_before then step_at
      else now() + next_ms * interval '1 millisecond'
    end as next_at
  from json_to_recordset($2) as item (
    request_id uuid, step integer, clocks json, as_before boolean, next_ms float8
  )
  join rehearsal
    on rehearsal.owning_force = $1
    and rehearsal.request_id = item.request_id
)
update rehearsal
set
  step = played.step,
  clocks = played.clocks,
  heard = '[]',
  step_at = next_at,
  due_at = next_at
from played
where rehearsal.owning_force = $1
  and rehearsal.request_id = played.request_id`;

export const NEXT_DUE = `
select extract(epoch from due_at - clock_timestamp())::float8 * 1000 as ms
from rehearsal
where owning_force = $1
  and due_at is not null
order by due_at
limit 1`;
