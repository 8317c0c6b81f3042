const COLUMNS = `
  id,
  kind,
  reading,
  miles,
  reason,
  state,
  proposed_by as "proposedBy",
  proposed_at as "proposedAt",
  decided_by as "decidedBy",
  decided_at as "decidedAt",
  refusal`;

export const RECOMPUTE_ODOMETERS = `
update vehicle
set odometer_miles = (
  select max(miles)
  from odometer_reading as reading
  where reading.owning_force = vehicle.owning_force
    and reading.vrm = vehicle.vrm
    and reading.series = vehicle.odometer_series
    and taken <> 'on-arrival'
    and struck_out_by is null
)
from json_to_recordset($1) as changed (force text, vrm text)
where vehicle.owning_force = changed.force
  and vehicle.vrm = changed.vrm`;

export const READ_ODOMETER = `
select
  odometer_miles as miles,
  (
    select miles
    from odometer_reading as claim
    where claim.owning_force = vehicle.owning_force
      and claim.vrm = vehicle.vrm
      and claim.series = vehicle.odometer_series
      and taken = 'on-arrival'
      and struck_out_by is null
    order by read_at desc
    limit 1
  ) as claimed
from vehicle
where owning_force = $1
  and vrm = $2`;

export const READ_READINGS = `
select
  id,
  series,
  miles,
  taken,
  read_at as "readAt",
  struck_out_by as "struckOutBy",
  taken = 'on-arrival' and exists (
    select
    from odometer_reading as own
    where own.owning_force = reading.owning_force
      and own.vrm = reading.vrm
      and own.series = reading.series
      and own.taken <> 'on-arrival'
      and own.struck_out_by is null
      and (
        own.read_at <= reading.read_at and own.miles > reading.miles
        or own.read_at > reading.read_at and own.miles < reading.miles
      )
  ) as disputed
from odometer_reading as reading
where owning_force = $1
  and vrm = $2
order by read_at desc, id
limit $3`;

export const FIND_VEHICLE = `
select
from vehicle
where owning_force = $1
  and vrm = $2`;

export const LOCK_VEHICLE = `${FIND_VEHICLE}
for update`;

export const READ_CORRECTIONS = `
select ${COLUMNS}
from odometer_correction
where owning_force = $1
  and vrm = $2
order by proposed_at desc
limit $3`;

export const FIND_SAME_PROPOSAL = `
select id
from odometer_correction
where owning_force = $1
  and vrm = $2
  and state = 'proposed'
  and kind = $3
  and reading is not distinct from $4
limit 1`;

export const PROPOSE_CORRECTION = `
insert into odometer_correction
  (owning_force, id, vrm, kind, reading, miles, reason, proposed_by)
values ($1, $2, $3, $4, $5, $6, $7, $8)
returning ${COLUMNS}`;

export const FIND_CORRECTION = `
select ${COLUMNS}
from odometer_correction
where owning_force = $1
  and vrm = $2
  and id = $3`;

export const DECIDE_CORRECTION = `
update odometer_correction
set
  state = $3,
  decided_by = $4,
  decided_at = now(),
  refusal = $5
where owning_force = $1
  and id = $2
returning ${COLUMNS}`;

export const STRIKE_OUT_READING = `
update odometer_reading
set struck_out_by = $3
where owning_force = $1
  and id = $2`;

export const START_NEW_INSTRUMENT = `
with vehicle as (
  update vehicle
  set odometer_series = odometer_series + 1
  where owning_force = $1
    and vrm = $2
  returning odometer_series
)
insert into odometer_reading (owning_force, taken, vrm, miles, series, read_at)
select $1, 'new-instrument', $2, $3, odometer_series, $4
from vehicle`;

export const FIND_READING = `
select
  struck_out_by is not null as struck,
  taken
from odometer_reading
where owning_force = $1
  and vrm = $2
  and id = $3`;

export const REQUEST_OF_READING = `
select request_id as request
from odometer_reading
where owning_force = $1
  and id = $2`;
