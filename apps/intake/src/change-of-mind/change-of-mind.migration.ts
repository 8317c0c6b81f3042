import { ownTableSql, type Migration } from '#persistence';

/**
 * What a force wanted changed of a request after it sent it, until its unit has said what became of it. What was wanted
 * stands in the event that went to the unit; here is only where it stands.
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
