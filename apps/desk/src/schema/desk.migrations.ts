import { ownTableSql, type Migration } from '#persistence';

/**
 * The desk stores no request. It has sessions, what people set up for themselves, and typed text that was not
 * sent yet. Only that text belongs to a force, so only its table has an owner.
 */
export const DESK_MIGRATIONS: readonly Migration[] = [
  {
    name: 'desk-001-session',
    // The layout is the one that connect-pg-simple reads and writes.
    up: (role) => `
create table session (
  sid varchar primary key,
  sess json not null,
  expire timestamp(6) not null
);
create index session_by_expire on session (expire);
grant select, insert, update, delete on session to ${role};
`,
  },
  {
    name: 'desk-002-own-settings',
    up: (role) => `
create table preference (
  person text primary key,
  keyboard boolean not null
);
grant select, insert, update on preference to ${role};

-- A view without a unit is the person's own; with one it is shared by the staff of that unit.
create table saved_view (
  id uuid primary key,
  person text not null,
  unit text,
  name text not null,
  query text not null,
  created_at timestamptz not null default clock_timestamp()
);
create index saved_view_by_person on saved_view (person) where unit is null;
create index saved_view_by_unit on saved_view (unit) where unit is not null;
grant select, insert, delete on saved_view to ${role};

create table canned_text (
  id uuid primary key,
  unit text not null,
  title text not null,
  text text not null,
  changed_by text not null,
  changed_at timestamptz not null default clock_timestamp()
);
create unique index canned_text_by_title on canned_text (unit, title);
grant select, insert, update, delete on canned_text to ${role};
`,
  },
  {
    name: 'desk-003-presence',
    // Presence is worth nothing after a crash, so it is not written to the log of the database.
    up: (role) => `
create unlogged table presence (
  unit text not null,
  request_id uuid not null,
  person text not null,
  name text not null,
  seen_at timestamptz not null,
  primary key (unit, request_id, person)
);
grant select, insert, update, delete on presence to ${role};
`,
  },
  {
    name: 'desk-004-unsent-text',
    up: (role) => `
create table unsent_text (
  owning_force text not null,
  unit text not null,
  request_id uuid not null,
  person text not null,
  command text not null,
  fields json not null,
  typed_at timestamptz not null default clock_timestamp(),
  primary key (owning_force, unit, request_id, person, command)
);
${ownTableSql('unsent_text', role, 'select, insert, update, delete')}
`,
  },
  {
    name: 'desk-005-unsent-text-by-person',
    up: () => `
create index unsent_text_by_person on unsent_text (owning_force, person, typed_at);
`,
  },
];
