export const REGISTER_SITES = `
insert into site (owning_force, code, first_seen_at)
select owning_force, code, min(at)
from json_to_recordset($1) as arrival (owning_force text, code text, at timestamptz)
group by owning_force, code
order by owning_force, code
on conflict (owning_force, code) do nothing`;

export const CLOSE_CELLS = `
insert into cell_closure (owning_force, request_id, site, cell, closed_at)
select *
from json_to_recordset($1) as closure (
  owning_force text,
  request_id uuid,
  site text,
  cell text,
  closed_at timestamptz
)`;

export const REOPEN_CELL = `
update cell_closure
set reopened_at = now()
where owning_force = $1
  and request_id = $2`;

export const IS_CELL_CLOSED = `
select
from cell_closure
where owning_force = $1
  and site = $2
  and upper(cell) = upper($3)
  and reopened_at is null
limit 1`;

export const READ_CLOSURES = `
select cell, closed_at as "closedAt", reopened_at as "reopenedAt"
from cell_closure
where owning_force = $1
  and site = $2
  and (upper(cell) = upper($3) or reopened_at is null)
order by closed_at desc
limit 50`;

export const NOTE_REQUESTS = `
insert into site_request (owning_force, request_id, site, kind, at)
select *
from json_to_recordset($1) as arrival (
  owning_force text,
  request_id uuid,
  site text,
  kind text,
  at timestamptz
)`;

/** The open faults of a site, newest first, each with its description as last corrected. */
export const OPEN_FAULTS = `
select
  site_request.request_id as "requestId",
  coalesce((
    select correction.payload
    from correction
    where correction.owning_force = site_request.owning_force
      and correction.request_id = site_request.request_id
    order by correction.version desc
    limit 1
  ), request.payload) ->> 'description' as description
from site_request
join task
  on task.owning_force = site_request.owning_force
  and task.id = site_request.request_id
join request
  on request.owning_force = site_request.owning_force
  and request.id = site_request.request_id
where site_request.owning_force = $1
  and site_request.site = $2
  and site_request.kind = 'fault-repair'
  and site_request.request_id <> $3
  and task.state <> all ($4)
order by site_request.at desc
limit $5`;
