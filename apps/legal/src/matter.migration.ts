import type { RecordMigration } from '#unit';

/** The table of the matters of the legal unit. */
export const MATTER_MIGRATIONS: readonly RecordMigration[] = [
  {
    name: '001-matter',
    owned: ['matter'],
    up: `
create table matter (
  owning_force text not null,
  request_id uuid not null,
  kind text not null check (kind in ('domestic-abuse-protection-order', 'civil-claim', 'advice')),
  opened_at timestamptz not null,
  privileged boolean not null,
  notice_served_at timestamptz,
  incident_on date,
  limitation_ends_on date,
  limitation_basis text,
  heard_at timestamptz,
  order_ends_on date,
  settlement_pence bigint check (settlement_pence >= 0),
  outcome text,
  closed_at timestamptz,
  primary key (owning_force, request_id),
  check ((limitation_ends_on is null) = (limitation_basis is null))
);
create index matter_by_limitation on matter (owning_force, limitation_ends_on) where closed_at is null;`,
  },
];
