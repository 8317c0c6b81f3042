import { ownAppendOnlyTableSql, type Migration } from '#persistence';

/**
 * The words and codes under which staff find a request. Plain text in the collation "C" is compared by
 * operators that row security lets an index use; LIKE and full text are not among them. The key alone serves
 * a word, the beginning of a word, and a word of one request. Ids begin with their time, so the entries of a
 * word are in the order of their acceptance.
 *
 * Requests that are stored already get their terms from `fillSearchTerms`. `search_fill` has the forces that
 * are not finished, and only the migration role reads it. Row security is off meanwhile, because it would
 * hide the forces from this migration.
 */
export const SEARCH_TERMS: Migration = {
  name: '180-search-terms',
  up: (role) => `
create table search_term (
  owning_force text not null,
  term text collate "C" not null,
  id uuid not null,
  primary key (owning_force, term, id)
);
${ownAppendOnlyTableSql('search_term', role)}

create table search_fill (
  force text primary key,
  -- every request with this id or a later one has its terms
  filled_from uuid not null
);
alter table arrival_count no force row level security;
insert into search_fill (force, filled_from)
select distinct owning_force, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid
from arrival_count;
alter table arrival_count force row level security;
`,
};
