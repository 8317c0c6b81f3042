/**
 * Statistics for tables that were never analysed: one force owns all rows, and each column of a key
 * identifies a row. Without them the planner assumes 200 values per column, prefers the policy's
 * condition on the owner, and reads the whole force for a batch that is joined by key (measured: 1,100
 * index entries a lookup at 4,000 vehicles, growing). The first ANALYZE replaces them.
 * `pg_restore_attribute_stats` needs PostgreSQL 18.
 */
export const FIRST_STATISTICS = `
select pg_restore_attribute_stats(
  'schemaname', 'public',
  'relname', relation.relname::text,
  'attname', attribute.attname::text,
  'inherited', false,
  'version', 180000,
  'null_frac', 0::real,
  'avg_width', 16,
  'n_distinct', case attribute.attname when 'owning_force' then 1 else -1 end::real
)
from pg_class as relation
join pg_attribute as attribute on attribute.attrelid = relation.oid
where relation.relnamespace = 'public'::regnamespace
  and relation.relkind = 'r'
  and relation.reltuples < 0
  and exists (
    select
    from pg_attribute as owner_column
    where owner_column.attrelid = relation.oid
      and owner_column.attname = 'owning_force'
  )
  and (
    attribute.attname = 'owning_force'
    or exists (
      select
      from pg_index as key
      where key.indrelid = relation.oid
        and key.indisunique
        and attribute.attnum = any (key.indkey)
        and attribute.atttypid = any ('{uuid,text}'::regtype[])
    )
  )`;
