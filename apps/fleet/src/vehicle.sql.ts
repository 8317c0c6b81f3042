export const REGISTER_VEHICLES = `
insert into vehicle (owning_force, vrm)
select owning_force, vrm
from json_to_recordset($1) as named (owning_force text, vrm text)
on conflict (owning_force, vrm) do nothing`;

export const LOCK_VEHICLES = `
select
  vehicle.owning_force,
  vehicle.vrm,
  vehicle.odometer_miles,
  vehicle.odometer_series
from vehicle
join json_to_recordset($1) as named (owning_force text, vrm text)
  on vehicle.owning_force = named.owning_force
  and vehicle.vrm = named.vrm
order by vehicle.owning_force, vehicle.vrm
for update of vehicle`;

export const OPEN_JOBS = `
with arrival as materialized (
  select *
  from json_to_recordset($1) as arrival (
    owning_force text,
    request_id uuid,
    vrm text,
    kind text,
    at timestamptz,
    miles integer,
    series integer
  )
),
vehicle_job as (
  insert into vehicle_job (owning_force, request_id, vrm, kind, opened_at)
  select owning_force, request_id, vrm, kind, at
  from arrival
)
insert into odometer_reading (owning_force, request_id, taken, vrm, miles, series, read_at)
select owning_force, request_id, 'on-arrival', vrm, miles, series, at
from arrival`;

export const CHANGE_VEHICLES = `
update vehicle
set
  make_and_model = coalesce(change.make_and_model, vehicle.make_and_model),
  role = coalesce(change.role, vehicle.role),
  off_road_since = case
    when change.off_road is null then vehicle.off_road_since
    else change.off_road_since
  end,
  off_road_reason = case
    when change.off_road is null then vehicle.off_road_reason
    else change.off_road_reason
  end,
  mot_due_on = coalesce(change.mot_due_on, vehicle.mot_due_on),
  service_due_on = coalesce(change.service_due_on, vehicle.service_due_on)
from json_to_recordset($1) as change (
  owning_force text,
  vrm text,
  make_and_model text,
  role text,
  off_road boolean,
  off_road_since timestamptz,
  off_road_reason text,
  mot_due_on date,
  service_due_on date
)
where vehicle.owning_force = change.owning_force
  and vehicle.vrm = change.vrm`;

export const FINISH_JOBS = `
with finished as materialized (
  select *
  from json_to_recordset($1) as finished (
    owning_force text,
    request_id uuid,
    vrm text,
    miles integer,
    series integer,
    outcome text,
    work_done text,
    cost_pence bigint
  )
),
odometer_reading as (
  insert into odometer_reading (owning_force, request_id, taken, vrm, miles, series, read_at)
  select owning_force, request_id, 'when-finished', vrm, miles, series, now()
  from finished
)
update vehicle_job
set
  outcome = finished.outcome,
  work_done = finished.work_done,
  cost_pence = finished.cost_pence,
  closed_at = now()
from finished
where vehicle_job.owning_force = finished.owning_force
  and vehicle_job.request_id = finished.request_id`;

export const RETURN_VEHICLES = `
update vehicle
set
  mot_due_on = coalesce(back.mot_due_on, vehicle.mot_due_on),
  service_due_on = coalesce(back.service_due_on, vehicle.service_due_on),
  off_road_since = case when back.on_road then null else vehicle.off_road_since end,
  off_road_reason = case when back.on_road then null else vehicle.off_road_reason end
from json_to_recordset($1) as back (
  owning_force text,
  vrm text,
  mot_due_on date,
  service_due_on date,
  on_road boolean
)
where vehicle.owning_force = back.owning_force
  and vehicle.vrm = back.vrm`;

export const READ_VEHICLE = `
select
  vrm,
  make_and_model as "makeAndModel",
  role,
  off_road_since as "offRoadSince",
  off_road_reason as "offRoadReason",
  mot_due_on::text as "motDueOn",
  service_due_on::text as "serviceDueOn"
from vehicle
where owning_force = $1
  and vrm = $2`;

export const READ_JOBS = `
select kind, outcome, opened_at as "openedAt", closed_at as "closedAt"
from vehicle_job
where owning_force = $1
  and vrm = $2
order by opened_at desc
limit 20`;

/** The other jobs of the vehicle of a request. */
export const OTHER_JOBS = `
select request_id as "requestId", outcome, work_done as "workDone"
from vehicle_job
where owning_force = $1
  and vrm = $2
  and request_id <> $3
order by opened_at desc
limit $4`;
