import { ownTableSql, type Migration } from '#persistence';

/** The state of the script of each sandbox request. A request with a row here is in no unit. */
export const SANDBOX_MIGRATION: Migration = {
  name: 'intake-sandbox',
  // `step_at` is the time of the next line of the script; null while the script waits for the force, and at
  // its end. `due_at` is the time of the next look, which a message of the force brings forward. `heard`
  // holds the messages without an answer, in order. Every writer locks the request's row of `progress` first.
  up: (applicationRole) => `
create table rehearsal (
  owning_force text not null,
  request_id uuid not null,
  number bigint generated always as identity,
  scenario text not null,
  traceparent text,
  step integer not null default 0,
  step_at timestamptz,
  due_at timestamptz,
  heard jsonb not null default '[]',
  clocks json not null default '[]',
  primary key (owning_force, request_id)
);
create index rehearsal_due on rehearsal (owning_force, due_at) where due_at is not null;
${ownTableSql('rehearsal', applicationRole)}
`,
};
