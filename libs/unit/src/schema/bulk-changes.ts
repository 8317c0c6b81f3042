import { ownTableSql, type Migration } from '#persistence';

/**
 * Changes of many requests at once: the selection as it was when the person confirmed it, and the result of
 * each request. A bulk change belongs to the person who prepared it. Its items belong to the forces.
 */
export const BULK_CHANGES: Migration = {
  name: '200-bulk-changes',
  up: (role) => `
create table bulk_change (
  id uuid primary key,
  person text not null,
  name text not null,
  role text not null,
  -- the forces that the person saw when they prepared it
  forces text[] not null,
  command text not null,
  body json not null,
  filter json not null,
  total integer not null,
  prepared_at timestamptz not null default now(),
  started_at timestamptz,
  stopped_at timestamptz,
  finished_at timestamptz
);
create index bulk_change_by_person on bulk_change (person, prepared_at desc);
create index bulk_change_running on bulk_change (started_at) where started_at is not null and finished_at is null;
grant select, insert, update, delete on bulk_change to ${role};

create table bulk_item (
  owning_force text not null,
  bulk_id uuid not null references bulk_change (id) on delete cascade,
  place integer not null,
  request_id uuid not null,
  -- the version that the person confirmed
  version integer not null,
  -- null until it is done; then the status that the command for one request answers, and why it is refused
  status smallint,
  reason text,
  primary key (owning_force, bulk_id, place)
);
create index bulk_item_pending on bulk_item (owning_force, bulk_id, place) where status is null;
${ownTableSql('bulk_item', role, 'select, insert, update, delete')}
`,
};
