import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Database, type Migration } from '#persistence';
import { createServiceDatabase } from '#testing';
import { loadUnitDefinitions, unitMigrations } from '#unit';
import { COLLABORATION_MIGRATIONS } from '#collaboration';
import { DESK_MIGRATIONS } from '#desk';
import { INTAKE_MIGRATIONS } from '#intake';
import { deploymentFrom, ROOT } from '../../deploy/local/deployment.ts';

/**
 * Returns one line for each fact of the migrated schema, in an order that does not depend on the order of
 * creation.
 */
const DUMP = `
select line from (
  select c.relname as name, 1 as part, a.attnum::int as place, format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull then ' not null' else '' end,
    coalesce(case when a.attidentity <> '' then ' generated as identity' else ' default ' || pg_get_expr(d.adbin, d.adrelid) end, '')) as line
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relkind in ('r', 'p', 'v') and c.relnamespace = 'public'::regnamespace
  union all
  select c.relname, 2, 0, format('%s %s', c.relname, pg_get_constraintdef(k.oid))
  from pg_constraint k join pg_class c on c.oid = k.conrelid where k.contype <> 'n' and c.relnamespace = 'public'::regnamespace
  union all
  select tablename, 3, 0, indexdef from pg_indexes where schemaname = 'public'
  union all
  select c.relname, 4, 0, format('%s row security %s', c.relname, case when c.relforcerowsecurity then 'forced' else 'NOT FORCED' end)
  from pg_class c where c.relrowsecurity and c.relnamespace = 'public'::regnamespace
  union all
  select tablename, 5, 0, format('%s policy %s using (%s) with check (%s)', tablename, policyname, qual, with_check) from pg_policies where schemaname = 'public'
  union all
  select c.relname, 6, 0, regexp_replace(pg_get_triggerdef(t.oid), 'public\\.', '', 'g') from pg_trigger t join pg_class c on c.oid = t.tgrelid where not t.tgisinternal
  union all
  select table_name, 7, 0, format('%s grants %s to the application role', table_name, string_agg(privilege_type, ', ' order by privilege_type))
  from information_schema.role_table_grants where table_schema = 'public' and grantee like '%\\_app' group by table_name, grantee
) as fact order by name, part, place, line`;

async function dumpOf(service: string, migrations: readonly Migration[]): Promise<string> {
  const created = await createServiceDatabase({ service, migrations });
  const owner = await Database.open({ url: created.ownerUrl, applicationName: 'schema-dump' });
  try {
    const { rows } = await owner.transaction([], (client) => client.query<{ line: string }>(DUMP));
    return [`# ${service}`, '', ...rows.map(({ line }) => line), ''].join('\n');
  } finally {
    await owner.close();
    await created.drop();
  }
}

/** The dump of the migrated schema is reviewed: it shows the real effect of a migration. */
describe('docs/reference/schema', () => {
  const services = new Map<string, readonly Migration[]>([
    ['collaboration', COLLABORATION_MIGRATIONS],
    ['desk', DESK_MIGRATIONS],
    ['intake', INTAKE_MIGRATIONS],
  ]);

  it.each([...services.keys(), ...deploymentFrom({}).units])(
    'shows %s as its migrations create it',
    async (service) => {
      const [definition] = services.has(service) ? [] : await loadUnitDefinitions([service]);
      const migrations = definition ? unitMigrations(definition) : (services.get(service) ?? []);
      const file = join(ROOT, 'docs/reference/schema', `${service}.txt`);
      const dump = await dumpOf(service, migrations);
      if (process.env['UPDATE_SCHEMA'] === '1') {
        mkdirSync(join(ROOT, 'docs/reference/schema'), { recursive: true });
        writeFileSync(file, dump);
      }
      // After a migration, run UPDATE_SCHEMA=1 npm test -- medium tools/generators/schema and review the
      // difference.
      expect(existsSync(file) ? readFileSync(file, 'utf8') : 'no dump yet').toBe(dump);
    },
  );
});
