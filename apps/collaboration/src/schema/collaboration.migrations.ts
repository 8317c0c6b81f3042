import { BASE_MIGRATIONS, type Migration } from '#persistence';

/**
 * The database of collaboration: what every service has, and every edition of every agreement that was
 * published.
 */
export const COLLABORATION_MIGRATIONS: readonly Migration[] = [
  ...BASE_MIGRATIONS,
  {
    name: 'collaboration-001-agreement-edition',
    // No owner: an agreement belongs to all its participants. An edition is never changed: a variation is the
    // next one.
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
