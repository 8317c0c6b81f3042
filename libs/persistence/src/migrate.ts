import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { FIRST_STATISTICS } from './migrate.sql.ts';
import { OWNERSHIP_SQL } from './ownership.ts';

/** One step of a schema, named by its purpose. `up` gets the name of the application role for its grants. */
export interface Migration {
  /** Ordered and unique within the service, such as `001-request`. */
  readonly name: string;
  up(applicationRole: string): string;
}

/** Returns every step of a service, with the common first step. */
export function stepsOf(migrations: readonly Migration[]): Migration[] {
  return [{ name: '000-ownership', up: () => OWNERSHIP_SQL }, ...migrations];
}

/** Returns the step name of a row of the table `migration`. */
export const stepOf = (applied: string): string => applied.replace(/-\d{13}$/, '');

/**
 * Migrates a service's database with its migration role, in one transaction for all steps. Returns the names
 * of the steps that ran; the list is empty when the database was up to date.
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
    // Readiness compares the applied steps with the steps of the running build.
    await dataSource.query(`grant select on migration to ${applicationRole}`);
    await dataSource.query(FIRST_STATISTICS);
    return done.map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}

/**
 * TypeORM requires thirteen digits at the end of a name and sorts by them. The same digits for all steps keep
 * the declared order.
 */
const NO_ORDER = '1700000000000';

function typeormMigration(step: Migration, applicationRole: string): new () => MigrationInterface {
  // The name alone identifies a step, so a step that is later added before others does not make them look
  // new.
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
