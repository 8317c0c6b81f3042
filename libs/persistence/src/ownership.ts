import type { PoolClient } from 'pg';
import { FOREIGN_POLICIES, POWERFUL_ROLES, TABLES, UNSAFE_VIEWS } from './ownership.sql.ts';

/** Created once per database, before any table: the trigger that keeps `owning_force` for ever. */
export const OWNERSHIP_SQL = `
create or replace function owning_force_is_immutable() returns trigger language plpgsql as $$
begin
  raise exception 'the owning force of a record never changes (%.owning_force)', tg_table_name using errcode = '23514';
end $$;
create or replace function rows_are_never_changed() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '23514';
end $$;
`;

/** Rows of the caller's forces. After SET LOCAL has ended, the setting reads as ''; `nullif` makes it null. */
const CALLERS_ROWS =
  "owning_force = any (string_to_array(nullif(current_setting('concordat.forces', true), ''), ','))";

/**
 * Puts a table under ownership: row security forced even on its owner, one policy for reading and writing, and the
 * immutable owner. After SET LOCAL has ended the setting reads '', hence nullif.
 */
export function ownTableSql(
  table: string,
  applicationRole: string,
  rights = 'select, insert, update',
): string {
  return `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owned on ${table}
  using (${CALLERS_ROWS})
  with check (${CALLERS_ROWS});
create trigger owning_force_is_immutable before update on ${table}
  for each row when (new.owning_force is distinct from old.owning_force)
  execute function owning_force_is_immutable();
grant ${rights} on ${table} to ${applicationRole};
`;
}

/** As ownTableSql, and rows can be neither changed nor removed by anybody but a superuser. */
export function ownAppendOnlyTableSql(table: string, applicationRole: string): string {
  return `${ownTableSql(table, applicationRole, 'select, insert')}
create trigger rows_are_never_changed before update or delete on ${table}
  for each row execute function rows_are_never_changed();
`;
}

/**
 * Refuses to run on an unsafe footing: a role that is a superuser, has BYPASSRLS or belongs to one that does, the owner of the
 * tables, a table with an owner column whose row security is not forced or has a policy of another make, or a view
 * that reads such a table past it. Throws with every fault found.
 */
export async function refuseUnsafeDatabase(client: PoolClient): Promise<void> {
  const roles = await client.query<{ name: string; own: boolean; rolsuper: boolean; rolbypassrls: boolean }>(
    POWERFUL_ROLES,
  );
  const tables = await client.query<{ name: string; owned: boolean; unsafe: boolean }>(TABLES);
  const views = await client.query<{ name: string; copy: boolean }>(UNSAFE_VIEWS);
  const policies = await client.query<{ table: string; name: string }>(FOREIGN_POLICIES);
  const asMember = (own: boolean): string => (own ? '' : ' and the application role is a member of it');
  const faults = [
    ...roles.rows
      .filter((row) => row.rolsuper)
      .map((row) => `role ${row.name} is a superuser${asMember(row.own)}`),
    ...roles.rows
      .filter((row) => row.rolbypassrls)
      .map((row) => `role ${row.name} has BYPASSRLS${asMember(row.own)}`),
    ...tables.rows
      .filter((row) => row.owned)
      .map((row) => `table ${row.name} belongs to the application role`),
    ...tables.rows
      .filter((row) => row.unsafe)
      .map((row) => `table ${row.name} has owning_force without forced row security`),
    ...policies.rows.map((row) => `policy ${row.name} of table ${row.table} is not the one of ownership`),
    ...views.rows.map(
      (row) => `view ${row.name} ${row.copy ? 'copies records' : 'reads records without security_invoker'}`,
    ),
  ];
  if (faults.length > 0) {
    throw new Error(
      `The database is not safe to run on: ${faults.join('; ')}. Use the application role and run the migrations.`,
    );
  }
}
