import type { Database } from './database.ts';
import { stepOf, stepsOf, type Migration } from './migrate.ts';

/** No table of applied steps yet, or no right to read it: both end with the next migration. */
const NOT_MIGRATED: readonly unknown[] = ['42P01', '42501'];

/** What a service says of its database when it is asked whether it is ready. */
interface DatabaseHealth {
  readonly name: 'database';
  check(): Promise<{ readonly ok: boolean; readonly detail?: string }>;
}

/**
 * Ready when PostgreSQL answers and every migration that this build declares has been applied: a service that is ahead of
 * its database would fail on the first statement that needs what is missing. A database ahead of the service is ready:
 * that is how the next version comes in.
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
