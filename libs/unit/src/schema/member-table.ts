import type { Migration } from '#persistence';

/**
 * The staff to whom requests can be assigned (docs/decisions/0008), kept from the tokens that they use here.
 */
export const MEMBER_TABLE: Migration = {
  name: '140-member',
  up: (role) => `
-- The unit's staff over all its forces and no force's record: no owner, no row security.
create table member (
  person text primary key,
  name text not null,
  role text not null constraint member_role check (role in ('caseworker', 'supervisor', 'decision-maker', 'auditor')),
  forces text[] not null,
  last_seen timestamptz not null
);
grant select, insert, update on member to ${role};
`,
};
