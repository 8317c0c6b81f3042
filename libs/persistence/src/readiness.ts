import type { Database } from './database.ts';
import { stepOf, stepsOf, type Migration } from './migrate.ts';

/** The table of applied steps does not exist or may not be read; the next migration corrects both. */
const NOT_MIGRATED: readonly unknown[] = ['42P01', '42501'];

/** The readiness check of a service's database. */
interface DatabaseHealth {
  readonly name: 'database';
  check(): Promise<{ readonly ok: boolean; readonly detail?: string }>;
}

/**
 * Ready when PostgreSQL answers and every migration of this build has been applied. A service that is ahead
 * of its database would fail on the first statement that needs a missing object. A database that is ahead of
 * the service is ready, because that is how the next version is deployed.
 */
export function databaseHealth(database: Database, migrations: readonly Migration[]): DatabaseHealth {
  return {
    name: 'database',
    check: async () => {
      if (!(await database.answers())) return { ok: false, detail: 'PostgreSQL does not answer' };
      const applied = new Set(await appliedSteps(database));
      return stepsOf(migrations).every(({ name }) => applied.has(name))
        ? { ok: true }
        : { ok: false, detail: 'migrations are missing' };
    },
  };
}

async function appliedSteps(database: Database): Promise<string[]> {
  try {
    const { rows } = await database.transaction([], (client) =>
      client.query<{ name: string }>('select name from migration'),
    );
    return rows.map(({ name }) => stepOf(name));
  } catch (error) {
    if (NOT_MIGRATED.includes((error as { code?: unknown }).code)) return [];
    throw error;
  }
}
