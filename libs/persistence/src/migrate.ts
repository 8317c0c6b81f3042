import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { OWNERSHIP_SQL } from './ownership.ts';

/** One step of a schema, named by what it does; `up` is given the application role's name for its grants. */
export interface Migration {
  /** Ordered and unique in the service: `001-request`. */
  readonly name: string;
  up(applicationRole: string): string;
}

/** Every step of a service, the one before all others included. */
export function stepsOf(migrations: readonly Migration[]): Migration[] {
  return [{ name: '000-ownership', up: () => OWNERSHIP_SQL }, ...migrations];
}

/** The step that a row of the table `migration` stands for. */
export const stepOf = (applied: string): string => applied.replace(/-\d{13}$/, '');

/**
 * Brings a service's database up to date as its migration role, one transaction for all steps.
 * Returns the names of the steps that ran; none when it was up to date.
 */
export async function migrate(
  url: string,
  migrations: readonly Migration[],
  applicationRole: string,
): Promise<string[]> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    migrations: stepsOf(migrations).map((step) => typeormMigration(step, applicationRole)),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'all',
  });
  await dataSource.initialize();
  try {
    const done = await dataSource.runMigrations();
    // Readiness compares what was applied with what the running build declares.
    await dataSource.query(`grant select on migration to ${applicationRole}`);
    await dataSource.query(FIRST_STATISTICS);
    return done.map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}

/**
 * What the planner is to believe of a table that was never analysed: one force owns all of it, and a column of a key tells
 * rows apart. Without it every column has 200 values, the policy's condition on the owner looks like a good one, and a
 * batch joined by key reads the whole force instead (measured: 1,100 index entries a lookup at 4,000 vehicles, growing).
 * The first ANALYZE replaces it. `pg_restore_attribute_stats` is PostgreSQL 18's.
 */
const FIRST_STATISTICS = `
select pg_restore_attribute_stats('schemaname', 'public', 'relname', c.relname::text, 'attname', a.attname::text, 'inherited', false, 'version', 180000,
  'null_frac', 0::real, 'avg_width', 16, 'n_distinct', case a.attname when 'owning_force' then 1 else -1 end::real)
from pg_class c join pg_attribute a on a.attrelid = c.oid
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.reltuples < 0
  and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'owning_force')
  and (a.attname = 'owning_force' or exists (
    select from pg_index i where i.indrelid = c.oid and i.indisunique and a.attnum = any (i.indkey) and a.atttypid = any ('{uuid,text}'::regtype[])))`;

/** TypeORM wants thirteen digits at the end of a name and sorts by them; the same for all keeps the declared order. */
const NO_ORDER = '1700000000000';

function typeormMigration(step: Migration, applicationRole: string): new () => MigrationInterface {
  // The name alone says which step this is: a step put before others later must not make those look new.
  const name = `${step.name}-${NO_ORDER}`;
  return class implements MigrationInterface {
    readonly name = name;
    async up(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.query(step.up(applicationRole));
    }
    async down(): Promise<void> {
      throw new Error('Migrations go forward only: restore a backup, or write the next step.');
    }
  };
}
