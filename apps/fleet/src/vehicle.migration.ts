import type { RecordMigration } from '#unit';
import { ODOMETER_CORRECTIONS } from './odometer/odometer.migration.ts';

/** The tables of vehicles, of the jobs done on them and of every odometer reading. */
export const VEHICLE_MIGRATIONS: readonly RecordMigration[] = [
  {
    name: '001-vehicle',
    owned: ['vehicle', 'vehicle_job', 'odometer_reading'],
    up: `
create table vehicle (
  owning_force text not null,
  vrm text not null,
  make_and_model text,
  role text,
  odometer_miles integer not null check (odometer_miles >= 0),
  off_road_since timestamptz,
  off_road_reason text,
  mot_due_on date,
  service_due_on date,
  primary key (owning_force, vrm),
  check (off_road_reason is null or off_road_since is not null)
);
create function odometer_never_falls() returns trigger language plpgsql as $$
begin
  raise exception 'the odometer of % never falls', old.vrm using errcode = '23514';
end $$;
create trigger odometer_never_falls before update on vehicle
  for each row when (new.odometer_miles < old.odometer_miles) execute function odometer_never_falls();
create table vehicle_job (
  owning_force text not null,
  request_id uuid not null,
  vrm text not null,
  kind text not null,
  opened_at timestamptz not null,
  outcome text check (outcome in ('completed', 'not-needed', 'beyond-repair')),
  work_done text,
  cost_pence bigint check (cost_pence >= 0),
  closed_at timestamptz,
  primary key (owning_force, request_id),
  foreign key (owning_force, vrm) references vehicle (owning_force, vrm)
);
create index vehicle_job_by_vehicle on vehicle_job (owning_force, vrm, opened_at);
create table odometer_reading (
  owning_force text not null,
  request_id uuid not null,
  taken text not null check (taken in ('on-arrival', 'when-finished')),
  vrm text not null,
  miles integer not null check (miles >= 0),
  disputed boolean not null,
  read_at timestamptz not null,
  primary key (owning_force, request_id, taken)
);
create index odometer_reading_by_vehicle on odometer_reading (owning_force, vrm, read_at);`,
  },
  {
    name: '002-readings-of-reopened-work',
    owned: [],
    // Reopened work is finished a second time, and each finish has its own reading.
    up: `
alter table odometer_reading drop constraint odometer_reading_pkey,
  add primary key (owning_force, request_id, taken, read_at);`,
  },
  ODOMETER_CORRECTIONS,
];
