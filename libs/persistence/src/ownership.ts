import type { PoolClient } from 'pg';

/** Created once per database, before any table: the trigger that keeps `owning_force` for ever. */
export const OWNERSHIP_SQL = `
create or replace function owning_force_is_immutable() returns trigger language plpgsql as $$
begin
  if new.owning_force is distinct from old.owning_force then
    raise exception 'the owning force of a record never changes (%.owning_force)', tg_table_name using errcode = '23514';
  end if;
  return new;
end $$;
create or replace function rows_are_never_changed() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '23514';
end $$;
`;

/**
 * Puts a table under ownership: row security forced even on its owner, one policy for reading and writing, and the
 * immutable owner. After SET LOCAL has ended the setting reads '', hence nullif.
 */
export function ownTableSql(table: string, applicationRole: string, rights = 'select, insert, update'): string {
  return `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owned on ${table}
  using (owning_force = any (string_to_array(nullif(current_setting('concordat.forces', true), ''), ',')))
  with check (owning_force = any (string_to_array(nullif(current_setting('concordat.forces', true), ''), ',')));
create trigger owning_force_is_immutable before update on ${table}
  for each row execute function owning_force_is_immutable();
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
 * Refuses to run on an unsafe footing: a superuser or BYPASSRLS role, the owner of the tables, or a table with an
 * owner column whose row security is not forced. Throws with every fault found.
 */
export async function refuseUnsafeDatabase(client: PoolClient): Promise<void> {
  const role = await client.query<{ name: string; rolsuper: boolean; rolbypassrls: boolean }>(
    'select rolname as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user',
  );
  const tables = await client.query<{ name: string; owned: boolean; unsafe: boolean }>(`
    select c.relname as name, pg_has_role(current_user, c.relowner, 'member') as owned,
           exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'owning_force' and not a.attisdropped)
             and not (c.relrowsecurity and c.relforcerowsecurity) as unsafe
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname = 'public'`);
  const faults = [
    ...role.rows.filter((row) => row.rolsuper).map((row) => `role ${row.name} is a superuser`),
    ...role.rows.filter((row) => row.rolbypassrls).map((row) => `role ${row.name} has BYPASSRLS`),
    ...tables.rows.filter((row) => row.owned).map((row) => `table ${row.name} belongs to the application role`),
    ...tables.rows.filter((row) => row.unsafe).map((row) => `table ${row.name} has owning_force without forced row security`),
  ];
  if (faults.length > 0) {
    throw new Error(`The database is not safe to run on: ${faults.join('; ')}. Use the application role and run the migrations.`);
  }
}
