import { ownTableSql, type Migration } from '#persistence';

/**
 * Decided requests that a supervisor drew at random to look at the work. The key lets no request be drawn
 * twice. An outcome is recorded once, with the person and the moment.
 */
export const QUALITY_CHECKS: Migration = {
  name: '210-quality-checks',
  up: (role) => `
create table quality_check (
  owning_force text not null,
  request_id uuid not null,
  id uuid not null,
  drawn_by text not null,
  drawn_at timestamptz not null default now(),
  outcome text constraint quality_check_outcome check (outcome in ('sound', 'sound-with-remarks', 'not-sound')),
  remark text,
  recorded_by text,
  recorded_at timestamptz,
  primary key (owning_force, request_id),
  unique (owning_force, id),
  constraint quality_check_recorded check (
    (outcome is null) = (recorded_by is null)
    and (outcome is null) = (recorded_at is null)
    and (remark is not null or outcome is null or outcome = 'sound')
  )
);
create index quality_check_open on quality_check (owning_force, drawn_at) where outcome is null;
create index quality_check_by_outcome on quality_check (owning_force, recorded_at, outcome) where outcome is not null;
create index quality_check_of_person on quality_check (owning_force, drawn_by, drawn_at);
${ownTableSql('quality_check', role)}
`,
};
