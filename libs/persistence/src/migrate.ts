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
export async function migrate(url: string, migrations: readonly Migration[], applicationRole: string): Promise<string[]> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    migrations: stepsOf(migrations).map((step, index) => typeormMigration(step, index, applicationRole)),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'all',
  });
  await dataSource.initialize();
  try {
    const done = await dataSource.runMigrations();
    // Readiness compares what was applied with what the running build declares.
    await dataSource.query(`grant select on migration to ${applicationRole}`);
    return done.map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}

function typeormMigration(step: Migration, index: number, applicationRole: string): new () => MigrationInterface {
  // TypeORM orders by the thirteen digits at the end of the name; the index keeps the declared order.
  const name = `${step.name}-${String(1_700_000_000_000 + index)}`;
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
