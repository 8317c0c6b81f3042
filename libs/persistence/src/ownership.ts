import type { PoolClient } from 'pg';

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
  using (owning_force = any (string_to_array(nullif(current_setting('concordat.forces', true), ''), ',')))
  with check (owning_force = any (string_to_array(nullif(current_setting('concordat.forces', true), ''), ',')));
create trigger owning_force_is_immutable before update on ${table}
  for each row when (new.owning_force is distinct from old.owning_force) execute function owning_force_is_immutable();
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

/** Tables and views of records: those with an owner column. */
const OWNED = `exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'owning_force' and not a.attisdropped)`;

/**
 * Every view that reads an owned table, at whatever depth, and does not read it as the caller: it reads as its own owner, past
 * row security. A materialised view is a copy that no row security guards.
 */
const UNSAFE_VIEWS = `
with recursive reads as (
  select distinct r.ev_class as view, d.refobjid as relation
  from pg_rewrite r join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
  where d.refobjid <> r.ev_class
), of_records as (
  select c.oid from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and ${OWNED}
  union
  select reads.view from reads join of_records on of_records.oid = reads.relation
)
select c.relname as name, c.relkind = 'm' as copy from pg_class c join of_records using (oid)
where c.relnamespace = 'public'::regnamespace and (c.relkind = 'm' or c.relkind = 'v' and not exists (
  select from pg_options_to_table(c.reloptions) where option_name = 'security_invoker' and option_value::boolean))
order by 1`;

/**
 * Policies of owned tables beside the one of `ownTableSql`, and those of its name that do not compare the owner with the
 * caller's forces: policies add up, so one that lets everything pass undoes the other.
 */
const FOREIGN_POLICIES = `
select c.relname as table, p.polname as name from pg_policy p join pg_class c on c.oid = p.polrelid
where c.relnamespace = 'public'::regnamespace and ${OWNED} and (p.polname <> 'owned' or exists (
  select from (values (pg_get_expr(p.polqual, c.oid)), (coalesce(pg_get_expr(p.polwithcheck, c.oid), pg_get_expr(p.polqual, c.oid)))) as rule (text)
  where text is null or text not like '%owning_force = ANY %current_setting(''concordat.forces''%' or text like '% OR %' or text like '%NOT %'))
order by 1, 2`;

/**
 * Refuses to run on an unsafe footing: a role that is a superuser, has BYPASSRLS or belongs to one that does, the owner of the
 * tables, a table with an owner column whose row security is not forced or has a policy of another make, or a view
 * that reads such a table past it. Throws with every fault found.
 */
export async function refuseUnsafeDatabase(client: PoolClient): Promise<void> {
  // A superuser counts as a member of every role: of itself only its own rights are told.
  const roles = await client.query<{ name: string; own: boolean; rolsuper: boolean; rolbypassrls: boolean }>(`
    select rolname as name, rolname = current_user as own, rolsuper, rolbypassrls from pg_roles
    where rolname = current_user
       or (rolsuper or rolbypassrls) and pg_has_role(current_user, oid, 'member')
          and not (select rolsuper from pg_roles where rolname = current_user)`);
  const tables = await client.query<{ name: string; owned: boolean; unsafe: boolean }>(`
    select c.relname as name, pg_has_role(current_user, c.relowner, 'member') as owned,
           ${OWNED} and not (c.relrowsecurity and c.relforcerowsecurity) as unsafe
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname = 'public'`);
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
