import { ownAppendOnlyTableSql, ownTableSql, type Migration } from '#persistence';

/** The uploads of many submissions, and the result of each line. */
export const BULK_MIGRATION: Migration = {
  name: 'intake-bulk-jobs',
  // `holder` and `held_until`: only one upload at a time reads a job. After another upload has claimed the
  // job, the first can no longer write to it.
  up: (applicationRole) => `
create table bulk_job (
  owning_force text not null,
  id uuid not null,
  key text not null,
  format text not null check (format in ('ndjson', 'csv')),
  default_type text,
  submitted_by text not null,
  holder uuid,
  held_until timestamptz not null,
  accepted integer not null default 0,
  known integer not null default 0,
  refused integer not null default 0,
  last_line integer not null default 0,
  content_hash text,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (owning_force, id),
  unique (owning_force, key)
) with (fillfactor = 50);
${ownTableSql('bulk_job', applicationRole)}
create table bulk_line (
  owning_force text not null,
  job_id uuid not null,
  line integer not null,
  hash text not null,
  outcome text not null check (outcome in ('accepted', 'known', 'refused')),
  reference text,
  request_id uuid,
  problem json,
  primary key (owning_force, job_id, line)
);
${ownAppendOnlyTableSql('bulk_line', applicationRole)}
`,
};
