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
