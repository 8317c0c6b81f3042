import type { Migration } from '#persistence';

/**
 * The relay keeps only its newest place. This table keeps each place with its moment, so that the timeline
 * can say when an event was sent: one short row per batch that the relay confirmed. The first row says that
 * everything before it was sent at an unknown moment.
 */
export const SENT_EVENTS: Migration = {
  name: '190-sent-events',
  up: (role) => `
-- Places in the log of all forces: no owner.
create table relay_place (
  high_xid bigint not null,
  last_position bigint not null,
  low_xid bigint not null,
  at timestamptz,
  primary key (high_xid, last_position)
);
grant select, insert on relay_place to ${role};
insert into relay_place (high_xid, last_position, low_xid)
select high_xid, last_position, low_xid from relay_cursor;
create function keep_relay_place() returns trigger language plpgsql as $$
begin
  -- A batch that is sent again keeps the moment of the first time.
  insert into relay_place (high_xid, last_position, low_xid, at)
  values (new.high_xid, new.last_position, new.low_xid, clock_timestamp())
  on conflict do nothing;
  return null;
end $$;
create trigger keep_relay_place after update on relay_cursor for each row execute function keep_relay_place();
`,
};
