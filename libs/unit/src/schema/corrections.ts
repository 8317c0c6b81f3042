import { ownAppendOnlyTableSql, type Migration } from '#persistence';

/**
 * The corrections of forces, each with the payload after it. The newest is the one to work by, and the
 * request's own row stays as it arrived.
 */
export const CORRECTIONS: Migration = {
  name: '160-corrections',
  up: (role) => `
create table correction (
  owning_force text not null,
  -- the change as its force knows it
  id uuid not null,
  request_id uuid not null,
  -- version of the task that the correction made
  version integer not null,
  corrected json not null,
  payload json not null,
  reason text not null,
  corrected_by text not null,
  at timestamptz not null,
  primary key (owning_force, id),
  unique (owning_force, request_id, version),
  foreign key (owning_force, request_id) references request (owning_force, id)
);
${ownAppendOnlyTableSql('correction', role)}
`,
};
