import { ownTableSql, type Migration } from '#persistence';

/**
 * The changes that a force asked for after it submitted a request, until its unit has decided. The full
 * message is in the event for the unit; this table holds only its state.
 */
export const CHANGE_OF_MIND: Migration = {
  name: 'intake-010-change-of-mind',
  up: (applicationRole) => `
alter table progress drop constraint progress_state_check;
alter table progress add constraint progress_state_check check (state in ('accepted', 'queued', 'claimed', 'held', 'waiting-for-force',
  'awaiting-decision', 'answered', 'declined', 'withdrawn'));
create table change_of_mind (
  owning_force text not null,
  id uuid not null,
  request_id uuid not null,
  kind text not null check (kind in ('withdraw', 'inform')),
  channel text not null check (channel in ('rest', 'kafka')),
  key text not null,
  state text not null default 'requested' check (state in ('requested', 'done', 'refused')),
  problem json,
  requested_by text not null,
  requested_at timestamptz not null,
  settled_at timestamptz,
  primary key (owning_force, id),
  unique (owning_force, channel, key),
  check ((state = 'requested') = (settled_at is null)),
  check ((state = 'refused') = (problem is not null))
);
create index change_of_mind_by_request on change_of_mind (owning_force, request_id, requested_at);
${ownTableSql('change_of_mind', applicationRole)}
`,
};

/**
 * From here on the message is stored beside the change, because a correction is judged by those before it.
 * The payload after a correction comes from the unit, with its count of changes: the newest one is the
 * current payload.
 */
export const CORRECTIONS: Migration = {
  name: 'intake-013-corrections',
  up: () => `
alter table change_of_mind
  drop constraint change_of_mind_kind_check,
  add constraint change_of_mind_kind_check check (kind in ('withdraw', 'inform', 'correct')),
  add column says json,
  add column payload json,
  add column sequence integer,
  add constraint change_of_mind_payload_check check (payload is null or (kind = 'correct' and state = 'done' and sequence is not null));
`,
};

/** A force may ask to reopen a finished request until the day that was given with the answer. */
export const REOPENINGS: Migration = {
  name: 'intake-014-reopenings',
  up: () => `
alter table change_of_mind
  drop constraint change_of_mind_kind_check,
  add constraint change_of_mind_kind_check check (kind in ('withdraw', 'inform', 'correct', 'reopen'));
alter table progress add column reopen_until date;
`,
};

/**
 * The version of the open question; null without an open question, and for a question from before this step.
 */
export const QUESTION_VERSION: Migration = {
  name: 'intake-question-version',
  up: () => `alter table progress add column asked_version integer;`,
};

/**
 * The table of force messages is the only list of kinds. A check that repeats it would need a migration for
 * each new message, and only the store of force messages writes a kind.
 */
export const ANY_KIND_OF_CHANGE: Migration = {
  name: 'intake-any-kind-of-change',
  up: () => `alter table change_of_mind drop constraint change_of_mind_kind_check;`,
};
