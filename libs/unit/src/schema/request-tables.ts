import { ownAppendOnlyTableSql, ownTableSql, type Migration } from '#persistence';
import { FINAL_STATES } from '#requests';

const list = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

/** The states at the time of this migration; later states have their own migrations. */
const FIRST_STATES = [
  'queued',
  'claimed',
  'held',
  'waiting-for-force',
  'awaiting-decision',
  'answered',
  'declined',
];
const FIRST_FINAL_STATES = ['answered', 'declined'];
/** The condition `OPEN_TASK_SQL` at the time of this migration. */
export const FIRST_OPEN_TASK_SQL = `state not in (${list(FIRST_FINAL_STATES)})`;

/** The condition for an open task; the partial indexes and the statements must use the same text. */
export const OPEN_TASK_SQL = `state not in (${list(FINAL_STATES)})`;

/** The condition for a finished task, with the same rule. */
export const FINISHED_TASK_SQL = `state in (${list(FINAL_STATES)})`;

/**
 * A request is wide and never changes; its task is narrow and often changes, so that a claim rewrites a few
 * hundred bytes and not the payload. Payloads are `json`, not `jsonb`, because they are never searched and
 * decoding them took most of a batch's time (docs/decisions).
 */
export const REQUEST_TABLES: Migration = {
  name: '100-request-and-task',
  up: (role) => `
create table request (
  owning_force text not null,
  id uuid not null,
  type text not null,
  version smallint not null,
  force_reference text not null,
  unit_reference text not null,
  payload json not null,
  content_hash text not null,
  received_at timestamptz not null,
  arrived_at timestamptz not null default now(),
  channel text not null,
  submitted_by text not null,
  agreement_id text not null,
  traceparent text,
  primary key (owning_force, id)
);
create unique index request_by_unit_reference on request (owning_force, unit_reference);
${ownAppendOnlyTableSql('request', role)}

-- due_at is the earliest clock that runs, or infinity: then it is paused, or nothing is promised any more.
create table task (
  owning_force text not null,
  id uuid not null,
  arrival bigint not null generated always as identity,
  type text not null,
  state text not null default 'queued' constraint task_state check (state in (${list(FIRST_STATES)})),
  assignee text,
  proposer text,
  due_at timestamptz not null,
  risk smallint not null constraint task_risk check (risk between 0 and 9),
  version integer not null default 1 constraint task_version check (version >= 1),
  clocks json not null,
  updated_at timestamptz not null default now(),
  primary key (owning_force, id),
  -- No foreign key to request: one statement writes both, and a check of each row would cost the hot path.
  constraint task_assignee check ((assignee is null) = (state = 'queued') or state in (${list(FIRST_FINAL_STATES)}))
) with (fillfactor = 80);
-- The order of work: due first, among those due together the higher risk, then the earlier arrival. "9 - risk" lets one
-- comparison of rows say where a page ends.
create index task_open on task (owning_force, due_at, (9 - risk), arrival) where ${FIRST_OPEN_TASK_SQL};
create index task_queued on task (owning_force, due_at, (9 - risk), arrival) where state = 'queued';
create index task_assigned on task (owning_force, assignee, due_at, (9 - risk), arrival) where assignee is not null and ${FIRST_OPEN_TASK_SQL};
${ownTableSql('task', role)}

create table note (
  owning_force text not null,
  id uuid not null,
  request_id uuid not null,
  -- note: staff to staff; reply: what the force answered, also when nobody was waiting for it any more
  kind text not null constraint note_kind check (kind in ('note', 'reply')),
  author text not null,
  text text not null,
  at timestamptz not null default now(),
  primary key (owning_force, id),
  foreign key (owning_force, request_id) references request (owning_force, id)
);
create index note_by_request on note (owning_force, request_id, at);
${ownAppendOnlyTableSql('note', role)}

create table proposal (
  owning_force text not null,
  id uuid not null,
  request_id uuid not null,
  -- version of the task that the proposal made: a later one replaces it
  version integer not null,
  proposer text not null,
  answer json not null,
  at timestamptz not null default now(),
  primary key (owning_force, id),
  unique (owning_force, request_id, version),
  foreign key (owning_force, request_id) references request (owning_force, id)
);
${ownAppendOnlyTableSql('proposal', role)}

-- The short reference belongs to the unit, over all forces: no owner. A rolled-back batch leaves a gap, never a repeat.
create table reference_counter (
  prefix text not null,
  year text not null,
  last bigint not null,
  primary key (prefix, year)
);
grant select, insert, update on reference_counter to ${role};

-- Who made an event: seen by staff in the timeline, never published.
alter table event add column person text;
create index event_by_request on event (owning_force, request_id, position);
-- A unit has a timeline per request and no feed per force: an index less on every change.
drop index event_by_force;
`,
};
