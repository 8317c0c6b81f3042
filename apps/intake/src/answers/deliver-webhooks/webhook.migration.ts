import { ownTableSql, type Migration } from '#persistence';

/** The webhooks of a force, and the state of each delivery to them. */
export const WEBHOOK_MIGRATION: Migration = {
  name: 'intake-webhook',
  // The cursor is the webhook's own place in the feed, so one destination never moves another's. During a try
  // next_try_at is the end of its lease: if the sender dies, the delivery becomes due again. Indexes for
  // waiting rows are partial, so that the work does not grow with the log.
  up: (applicationRole) => `
create table webhook (
  owning_force text not null,
  id uuid not null,
  url text not null,
  types text[],
  enabled boolean not null default true,
  disabled_reason text,
  disabled_at timestamptz,
  secret text not null,
  previous_secret text,
  previous_secret_until timestamptz,
  version integer not null default 1,
  cursor_xid bigint not null,
  cursor_position bigint not null,
  last_delivered_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (owning_force, id)
);
${ownTableSql('webhook', applicationRole, 'select, insert, update, delete')}
create table webhook_delivery (
  owning_force text not null,
  webhook_id uuid not null,
  event_id uuid not null,
  position bigint not null,
  request_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'given-up')),
  tries smallint not null default 0,
  next_try_at timestamptz not null default clock_timestamp(),
  first_try_at timestamptz,
  last_try_at timestamptz,
  delivered_at timestamptz,
  last_status smallint,
  last_error text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (owning_force, webhook_id, event_id),
  foreign key (owning_force, webhook_id) references webhook on delete cascade
);
create index webhook_delivery_log on webhook_delivery (owning_force, webhook_id, position);
create index webhook_delivery_due on webhook_delivery (owning_force, webhook_id, next_try_at) where state = 'waiting';
create index webhook_delivery_order on webhook_delivery (owning_force, webhook_id, request_id, position) where state = 'waiting';
${ownTableSql('webhook_delivery', applicationRole, 'select, insert, update, delete')}
`,
};
