import { BASE_MIGRATIONS, ownAppendOnlyTableSql, ownTableSql, type Migration } from '#persistence';
import { SANDBOX_MIGRATION } from '../sandbox/sandbox.migration.ts';
import {
  ANY_KIND_OF_CHANGE,
  CHANGE_OF_MIND,
  CORRECTIONS,
  QUESTION_VERSION,
  REOPENINGS,
} from '../doors/force-messages/force-message.migration.ts';
import { ERASED_BODIES } from '../take-in/keep-refusals/erased-bodies.migration.ts';
import { BULK_MIGRATION } from '../doors/submit-in-bulk/bulk.migration.ts';
import { WEBHOOK_MIGRATION } from '../answers/deliver-webhooks/webhook.migration.ts';

const STATES = `'accepted', 'queued', 'claimed', 'held', 'waiting-for-force', 'awaiting-decision', 'answered', 'declined'`;

/**
 * The database of intake: the tables of every service, the submissions of forces with their agreements, and
 * their current state.
 */
export const INTAKE_MIGRATIONS: readonly Migration[] = [
  ...BASE_MIGRATIONS,
  {
    name: 'intake-001-agreement',
    // An agreement has no owning force: it belongs to all its participants and holds no record of theirs.
    up: (applicationRole) => `
create table agreement (
  agreement_id text primary key,
  function_id text not null,
  title text not null,
  unit text not null,
  participants text[] not null,
  status text not null check (status in ('live', 'suspended', 'ended')),
  valid_from date not null,
  valid_to date,
  edition integer not null,
  demonstration boolean not null
);
create index agreement_by_unit on agreement (unit);
grant select, insert, update on agreement to ${applicationRole};
`,
  },
  {
    name: 'intake-002-request',
    // The wide row is written once; only the narrow row beside it changes. There are no foreign keys: one
    // statement writes both rows and joins the agreement, nobody may delete any of them, and the checks cost
    // a tenth of that statement.
    up: (applicationRole) => `
create table request (
  owning_force text not null,
  id uuid not null,
  reference text not null,
  type text not null,
  version smallint not null,
  unit text not null,
  payload json not null,
  content_hash text not null,
  origin text,
  channel text not null check (channel in ('rest', 'kafka')),
  submitted_by text not null,
  agreement_id text not null,
  received_at timestamptz not null,
  primary key (owning_force, id),
  unique (owning_force, reference)
);
${ownAppendOnlyTableSql('request', applicationRole)}
create table progress (
  owning_force text not null,
  request_id uuid not null,
  state text not null check (state in (${STATES})),
  sequence integer not null default 0,
  unit_reference text,
  question text,
  replied boolean not null default false,
  answer json,
  reason text,
  belongs_to text,
  clocks json,
  updated_at timestamptz not null,
  primary key (owning_force, request_id)
) with (fillfactor = 80);
create index progress_by_update on progress (owning_force, updated_at, request_id);
${ownTableSql('progress', applicationRole)}
`,
  },
  {
    name: 'intake-003-receipt',
    // The accepted content of each key: an Idempotency-Key over REST, a CloudEvents id over Kafka.
    up: (applicationRole) => `
create table receipt (
  owning_force text not null,
  channel text not null check (channel in ('rest', 'kafka')),
  key text not null,
  content_hash text not null,
  request_id uuid,
  received_at timestamptz not null default clock_timestamp(),
  primary key (owning_force, channel, key)
);
${ownAppendOnlyTableSql('receipt', applicationRole)}
`,
  },
  {
    name: 'intake-004-refusal',
    // repeat_key: the same message refused again for the same reason is stored once.
    up: (applicationRole) => `
create table refusal (
  owning_force text not null,
  id uuid not null,
  position bigint generated always as identity,
  xid bigint not null default (pg_current_xact_id()::text)::bigint,
  repeat_key text not null,
  channel text not null check (channel in ('rest', 'kafka')),
  code text not null,
  reference text,
  message_id text,
  place text,
  body json,
  bytes bytea,
  headers json,
  problem json not null,
  refused_at timestamptz not null default clock_timestamp(),
  primary key (owning_force, id),
  unique (owning_force, repeat_key)
);
create index refusal_by_xid on refusal (owning_force, xid, position);
${ownAppendOnlyTableSql('refusal', applicationRole)}
`,
  },
  CHANGE_OF_MIND,
  BULK_MIGRATION,
  WEBHOOK_MIGRATION,
  SANDBOX_MIGRATION,
  CORRECTIONS,
  REOPENINGS,
  QUESTION_VERSION,
  ERASED_BODIES,
  ANY_KIND_OF_CHANGE,
];
