import type { Migration } from './migrate.ts';
import { ownAppendOnlyTableSql, ownTableSql } from './ownership.ts';

/** Creates the tables that every service has: event log, relay cursor, inbox, access log and dead letters. */
export const BASE_MIGRATIONS: readonly Migration[] = [
  {
    name: 'kit-001-event-log',
    // One append-only table is log, outbox and feed. `xid` is the writing transaction: a reader that stays
    // below the oldest running transaction never skips a row that commits late. The index on position serves
    // the pages of a large window.
    up: (applicationRole) => `
create table event (
  owning_force text not null,
  event_id uuid not null,
  position bigint generated always as identity,
  xid bigint not null default (pg_current_xact_id()::text)::bigint,
  request_id uuid,
  type text not null,
  time timestamptz not null,
  traceparent text,
  topic text,
  key text,
  source text not null,
  data json not null,
  primary key (owning_force, event_id)
);
create index event_by_xid on event (xid, position);
create index event_by_position on event (position);
create index event_by_force on event (owning_force, xid, position);
${ownAppendOnlyTableSql('event', applicationRole)}
create table relay_cursor (
  id smallint primary key default 1 check (id = 1),
  low_xid bigint not null,
  high_xid bigint not null,
  last_position bigint not null
);
insert into relay_cursor (low_xid, high_xid, last_position) values (0, 0, 0);
grant select, update on relay_cursor to ${applicationRole};
`,
  },
  {
    name: 'kit-002-inbox',
    // The content hash is kept, because the same id with other content is a conflict and not a repeat.
    up: (applicationRole) => `
create table inbox (
  owning_force text not null,
  message_id text not null,
  content_hash text not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (owning_force, message_id)
);
${ownTableSql('inbox', applicationRole, 'select, insert')}
`,
  },
  {
    name: 'kit-003-access-log',
    // The six operations of section 62 of the Data Protection Act 2018.
    up: (applicationRole) => `
create table access_log (
  owning_force text not null,
  position bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  person text not null,
  service text not null,
  operation text not null check (operation in (
    'collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure'
  )),
  request_id uuid,
  recipient text,
  reason text,
  primary key (owning_force, position)
);
create index access_log_by_request on access_log (owning_force, request_id) where request_id is not null;
${ownAppendOnlyTableSql('access_log', applicationRole)}
`,
  },
  {
    name: 'kit-004-dead-letter',
    up: (applicationRole) => `
create table dead_letter (
  owning_force text not null,
  id uuid not null,
  topic text not null,
  partition integer not null,
  "offset" bigint not null,
  key bytea,
  headers json not null,
  value bytea,
  reason text not null,
  problem json not null,
  kept_at timestamptz not null default clock_timestamp(),
  primary key (owning_force, id),
  unique (owning_force, topic, partition, "offset")
);
create index dead_letter_by_time on dead_letter (owning_force, kept_at);
${ownTableSql('dead_letter', applicationRole, 'select, insert')}
`,
  },
  {
    name: 'kit-005-unsent',
    // Events that the broker refused: for good, or until their topic accepts messages again (`waits`). The
    // relay's cursor moves past them.
    up: (applicationRole) => `
create table unsent (
  owning_force text not null,
  event_id uuid not null,
  position bigint not null,
  topic text not null,
  reason text not null,
  waits boolean not null,
  set_aside_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  primary key (owning_force, event_id),
  foreign key (owning_force, event_id) references event
);
create index unsent_by_topic on unsent (topic, position) where waits and sent_at is null;
${ownTableSql('unsent', applicationRole)}
`,
  },
];
