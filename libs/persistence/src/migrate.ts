import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { FIRST_STATISTICS } from './migrate.sql.ts';
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
