import { ownAppendOnlyTableSql, type Migration } from '#persistence';

/**
 * The agreements of the unit with their newest edition, and the people to whom each force's chief officer
 * delegates decisions. A delegation counts only in the newest edition of its agreement, so nothing is ever
 * removed.
 */
export const AGREEMENT_TABLES: Migration = {
  name: '120-agreement-and-delegation',
  up: (role) => `
-- A joint record of its participants: no owning force.
create table agreement (
  id text primary key,
  edition integer not null,
  status text not null constraint agreement_status check (status in ('live', 'suspended', 'ended')),
  participants text[] not null,
  valid_from date not null,
  valid_to date
);
grant select, insert, update on agreement to ${role};

create table delegation (
  owning_force text not null,
  agreement_id text not null references agreement (id),
  edition integer not null,
  person text not null,
  request_type text not null,
  valid_from date not null,
  valid_to date,
  primary key (owning_force, agreement_id, edition, person, request_type, valid_from)
);
create index delegation_by_person on delegation (owning_force, person, request_type);
${ownAppendOnlyTableSql('delegation', role)}
`,
};
