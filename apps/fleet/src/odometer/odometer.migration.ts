import type { RecordMigration } from '#unit';

/**
 * A reading is kept for ever and belongs to a series: one instrument. A force's claim on arrival binds
 * nobody. A reading of the unit sets the minimum for its later readings, until a second person confirms a
 * correction that strikes it out or starts the series of a new instrument. `vehicle.odometer_miles` is the
 * unit's highest valid reading; null while there is none.
 *
 * `odometer_reading.disputed` is no longer written. It follows from the other readings, and a correction
 * would have to change it.
 */
export const ODOMETER_CORRECTIONS: RecordMigration = {
  name: '003-odometer-corrections',
  owned: ['odometer_correction'],
  up: `
drop trigger odometer_never_falls on vehicle;
drop function odometer_never_falls();
create table odometer_correction (
  owning_force text not null,
  id uuid not null,
  vrm text not null,
  kind text not null check (kind in ('strike-out', 'new-instrument')),
  reading uuid,
  miles integer check (miles >= 0),
  reason text not null,
  state text not null default 'proposed' check (state in ('proposed', 'confirmed', 'refused')),
  proposed_by text not null,
  proposed_at timestamptz not null default now(),
  decided_by text,
  decided_at timestamptz,
  refusal text,
  primary key (owning_force, id),
  foreign key (owning_force, vrm) references vehicle (owning_force, vrm),
  check ((kind = 'strike-out') = (reading is not null) and (kind = 'new-instrument') = (miles is not null)),
  check ((state = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
  constraint a_second_person_confirms check (state <> 'confirmed' or decided_by <> proposed_by)
);
create index odometer_correction_by_vehicle on odometer_correction (owning_force, vrm, proposed_at);
alter table odometer_reading
  drop constraint odometer_reading_pkey,
  drop constraint odometer_reading_taken_check,
  alter request_id drop not null,
  alter disputed set default false,
  add id uuid not null default gen_random_uuid(),
  add series integer not null default 1 check (series > 0),
  add struck_out_by uuid,
  add primary key (owning_force, id),
  add constraint odometer_reading_taken_check check (taken in ('on-arrival', 'when-finished', 'new-instrument')),
  add check ((taken = 'new-instrument') = (request_id is null)),
  add foreign key (owning_force, struck_out_by) references odometer_correction (owning_force, id);
create function odometer_reading_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'an odometer reading is kept as it was taken; strike it out with a correction' using errcode = '23514';
end $$;
create trigger odometer_reading_is_kept before update on odometer_reading
  for each row when ((new.id, new.vrm, new.series, new.taken, new.miles, new.read_at) is distinct from
                     (old.id, old.vrm, old.series, old.taken, old.miles, old.read_at)
                  or old.struck_out_by is not null and new.struck_out_by is distinct from old.struck_out_by)
  execute function odometer_reading_is_kept();
alter table vehicle add odometer_series integer not null default 1 check (odometer_series > 0), alter odometer_miles drop not null;
-- Row security binds the owner of the tables too: it is lifted from it while what stands is computed once for every force.
alter table vehicle no force row level security;
alter table odometer_reading no force row level security;
update vehicle set odometer_miles = (
  select max(miles) from odometer_reading as reading
  where reading.owning_force = vehicle.owning_force and reading.vrm = vehicle.vrm and taken <> 'on-arrival');
alter table vehicle force row level security;
alter table odometer_reading force row level security;`,
};
