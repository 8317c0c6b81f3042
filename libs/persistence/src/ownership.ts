import type { PoolClient } from 'pg';
import { FOREIGN_POLICIES, POWERFUL_ROLES, TABLES, UNSAFE_VIEWS } from './ownership.sql.ts';

/**
 * Created once per database, before any table: the functions behind the triggers of owned and append-only
 * tables.
 */
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

/** Selects the rows of the caller's forces. After SET LOCAL the setting is '', so nullif is needed. */
const CALLERS_ROWS =
  "owning_force = any (string_to_array(nullif(current_setting('concordat.forces', true), ''), ','))";

/**
 * Puts a table under ownership: row security is forced even on the table's owner, one policy covers reading
 * and writing, and the owning force cannot change.
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

/** Does the same as `ownTableSql`; in addition only a superuser can change or remove rows. */
export function ownAppendOnlyTableSql(table: string, applicationRole: string): string {
  return `${ownTableSql(table, applicationRole, 'select, insert')}
create trigger rows_are_never_changed before update or delete on ${table}
  for each row execute function rows_are_never_changed();
`;
}

/**
 * Refuses to run when the application role is a superuser, has BYPASSRLS, belongs to such a role or owns the
 * tables; when a table with an owner column has no forced row security or an unknown policy; or when a view
 * bypasses row security. The error names every fault.
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
