/** The task as its force was notified of it. No question is open then, and nobody has the request in hand. */
export const WRITE_CAUGHT_UP = `
update task
set state = $3,
  assignee = null,
  proposer = null,
  due_at = coalesce($4::timestamptz, 'infinity'),
  clocks = $5,
  question = null,
  reason = $6,
  version = $7,
  updated_at = $8
where owning_force = $1
  and id = $2`;

/** The events ($2) that the log of a force does not have. */
export const NOT_IN_THE_LOG = `
select id
from unnest($2::uuid[]) as published (id)
where not exists (
  select
  from event
  where owning_force = $1
    and event_id = published.id
)`;

export const COUNT_BEHIND_REFERENCE = `
insert into reference_counter as counter (prefix, year, last)
values ($1, $2, $3)
on conflict (prefix, year) do update
set last = greatest(counter.last, excluded.last)`;

/** The text that a force sent unasked. */
export const KEEP_INFORMATION = `
insert into note (owning_force, id, request_id, kind, author, text, at)
values ($1, $2, $3, 'information', $4, $5, $6)`;
