import type { Migration } from '#persistence';

/** A unit's administrator can be a member too. */
export const ADMINISTRATOR_ROLE: Migration = {
  name: '180-administrator-role',
  up: () => `
alter table member drop constraint member_role;
alter table member add constraint member_role
  check (role in ('caseworker', 'supervisor', 'decision-maker', 'auditor', 'administrator'));
`,
};
