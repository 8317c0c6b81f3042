import { ownTableSql, type Migration } from '#persistence';

/** What the sandbox still has to play of each of its requests. A request with a row here is in no unit. */
export const SANDBOX_MIGRATION: Migration = {
  name: 'intake-sandbox',
  // `step_at`: when the next move of the script is due; null while it waits for the force, and at its end. `due_at`: when to
  // look, which what the force says brings forward. `heard`: what it said and has no answer yet, in order. Whoever writes
  // here holds the request's row of `progress` first.
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
