import type { RecordMigration } from '#unit';

/** The tables of recorded crimes and of the requests to cancel or transfer them. */
export const CRIME_MIGRATIONS: readonly RecordMigration[] = [
  {
    name: '001-crime',
    owned: ['crime_serial', 'crime', 'crime_change'],
    up: `
create table crime_serial (
  owning_force text not null,
  year integer not null check (year between 2000 and 2199),
  last_serial integer not null check (last_serial > 0),
  primary key (owning_force, year)
);
create table crime (
  owning_force text not null,
  request_id uuid not null,
  reference text not null,
  year integer not null,
  serial integer not null check (serial > 0),
  offence_code text not null,
  crime_type text not null,
  state text not null default 'recorded' check (state in ('recorded', 'cancelled', 'transferred')),
  report_received_at timestamptz,
  recorded_at timestamptz not null default now(),
  primary key (owning_force, request_id),
  unique (owning_force, reference),
  unique (owning_force, year, serial)
);
create table crime_change (
  owning_force text not null,
  request_id uuid not null,
  kind text not null check (kind in ('cancellation', 'transfer')),
  crime_reference text not null,
  ground text not null,
  receiving_force text,
  outcome text not null default 'pending' check (outcome in ('pending', 'cancelled', 'kept', 'accepted', 'refused')),
  decided_as text,
  receiver_reference text,
  asked_at timestamptz not null,
  decided_at timestamptz,
  primary key (owning_force, request_id)
);
create index crime_change_by_reference on crime_change (owning_force, crime_reference);`,
  },
  {
    name: '002-crime-in-any-letters',
    owned: [],
    up: `
create index crime_in_any_letters on crime (owning_force, upper(reference));
create index crime_change_in_any_letters on crime_change (owning_force, upper(crime_reference));
drop index crime_change_by_reference;`,
  },
];
