import { BASE_MIGRATIONS, type Migration } from '#persistence';

/**
 * Migrations of collaboration: the tables of every service, and every published edition of every agreement.
 */
export const COLLABORATION_MIGRATIONS: readonly Migration[] = [
  ...BASE_MIGRATIONS,
  {
    name: 'collaboration-001-agreement-edition',
    // The table has no owner column, because an agreement belongs to all its participants. Editions never
    // change.
    up: (applicationRole) => `
create table agreement_edition (
  agreement_id text not null,
  edition integer not null check (edition > 0),
  content json not null,
  content_hash text not null,
  published_at timestamptz not null default clock_timestamp(),
  primary key (agreement_id, edition)
);
create trigger rows_are_never_changed before update or delete on agreement_edition
  for each row execute function rows_are_never_changed();
grant select, insert on agreement_edition to ${applicationRole};
`,
  },
];
