/** Renewed with every batch of lines. The job of a process that died is free again after this time. */
const HELD_UNTIL = `clock_timestamp() + interval '30 seconds'`;

/** Selects a job that is held by one upload. */
const HELD_JOB = `owning_force = $1
  and id = $2
  and holder = $3`;

export const BEGIN_JOB = `
insert into bulk_job (owning_force, id, key, format, default_type, submitted_by, held_until)
values ($1, $2, $3, $4, $5, $6, clock_timestamp())
on conflict (owning_force, key) do nothing`;

export const LOCK_JOB = `
select id, format, default_type,
  holder is not null and held_until > clock_timestamp() as held,
  last_line, content_hash
from bulk_job
where owning_force = $1
  and key = $2
for update`;

export const HOLD_JOB = `
update bulk_job
set holder = $3, held_until = ${HELD_UNTIL}
where owning_force = $1
  and id = $2`;

export const HASHES_OF_LINES = `
select line, hash
from bulk_line
where owning_force = $1
  and job_id = $2
  and line between $3 and $4`;

export const COUNT_LINES = `
update bulk_job
set held_until = ${HELD_UNTIL},
  accepted = accepted + $4,
  known = known + $5,
  refused = refused + $6,
  last_line = greatest(last_line, $7)
where ${HELD_JOB}`;

export const KEEP_LINES = `
insert into bulk_line (owning_force, job_id, line, hash, outcome, reference, request_id, problem)
select $1, $2::uuid, line, hash, outcome, reference, "requestId", problem
from json_to_recordset($3) as result (
  line integer, hash text, outcome text, reference text, "requestId" uuid, problem json
)`;

export const FINISH_JOB = `
update bulk_job
set holder = null, content_hash = $4, finished_at = clock_timestamp()
where ${HELD_JOB}`;

export const RELEASE_JOB = `
update bulk_job
set holder = null
where ${HELD_JOB}`;

export const READ_JOB = `
select id, key, format, default_type as type,
  case
    when finished_at is not null then 'finished'
    when holder is not null and held_until > clock_timestamp() then 'receiving'
    else 'interrupted'
  end as state,
  accepted, known, refused, started_at as "startedAt", finished_at as "finishedAt"
from bulk_job
where owning_force = $1
  and id = $2`;

export const READ_LINES = `
select line, outcome, reference, request_id as "requestId", problem
from bulk_line
where owning_force = $1
  and job_id = $2
  and line > $3
order by line
limit $4`;
