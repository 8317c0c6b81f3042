/** True for a table or view of records, which has an owner column. */
const IS_OWNED = `exists (
    select
    from pg_attribute as owner_column
    where owner_column.attrelid = relation.oid
      and owner_column.attname = 'owning_force'
      and not owner_column.attisdropped
  )`;

/**
 * The current role, and the powerful roles that it belongs to. A superuser counts as a member of every
 * role, so only its own row is returned.
 */
export const POWERFUL_ROLES = `
select rolname as name, rolname = current_user as own, rolsuper, rolbypassrls
from pg_roles
where rolname = current_user
  or (rolsuper or rolbypassrls)
  and pg_has_role(current_user, oid, 'member')
  and not (select rolsuper from pg_roles where rolname = current_user)`;

export const TABLES = `
select relation.relname as name,
  pg_has_role(current_user, relation.relowner, 'member') as owned,
  ${IS_OWNED} and not (relation.relrowsecurity and relation.relforcerowsecurity) as unsafe
from pg_class as relation
where relation.relkind in ('r', 'p')
  and relation.relnamespace = 'public'::regnamespace`;

/**
 * Every view that reads an owned table, at any depth, with the rights of its own owner: row security does
 * not apply to that. A materialised view is a copy, and row security cannot guard it.
 */
export const UNSAFE_VIEWS = `
with recursive reads as (
  select distinct rule.ev_class as view, dependency.refobjid as relation
  from pg_rewrite as rule
  join pg_depend as dependency
    on dependency.classid = 'pg_rewrite'::regclass
    and dependency.objid = rule.oid
    and dependency.refclassid = 'pg_class'::regclass
  where dependency.refobjid <> rule.ev_class
),
records as (
  select relation.oid
  from pg_class as relation
  where relation.relkind in ('r', 'p')
    and relation.relnamespace = 'public'::regnamespace
    and ${IS_OWNED}
  union
  select reads.view
  from reads
  join records on records.oid = reads.relation
)
select relation.relname as name, relation.relkind = 'm' as copy
from pg_class as relation
join records using (oid)
where relation.relnamespace = 'public'::regnamespace
  and (
    relation.relkind = 'm'
    or relation.relkind = 'v'
    and not exists (
      select
      from pg_options_to_table(relation.reloptions)
      where option_name = 'security_invoker'
        and option_value::boolean
    )
  )
order by 1`;

/**
 * Policies of owned tables that are not the one of `ownTableSql`, and policies of its name that do not
 * compare the owner with the caller's forces. Policies add up, so one that lets everything pass undoes
 * the others.
 */
export const FOREIGN_POLICIES = `
select relation.relname as table, policy.polname as name
from pg_policy as policy
join pg_class as relation on relation.oid = policy.polrelid
where relation.relnamespace = 'public'::regnamespace
  and ${IS_OWNED}
  and (
    policy.polname <> 'owned'
    or exists (
      select
      from (
        values
          (pg_get_expr(policy.polqual, relation.oid)),
          (pg_get_expr(coalesce(policy.polwithcheck, policy.polqual), relation.oid))
      ) as rule (text)
      where text is null
        or text not like '%owning_force = ANY %current_setting(''concordat.forces''%'
        or text like '% OR %'
        or text like '%NOT %'
    )
  )
order by 1, 2`;
