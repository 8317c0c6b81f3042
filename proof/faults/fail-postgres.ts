import pg from 'pg';
import type { FaultEnvironment } from './fault-environment.ts';

/** Kills PostgreSQL with -9, restarts it cleanly, then ends every connection of every service at once. */
export async function failPostgres({ system, trial, markFaultEnd }: FaultEnvironment): Promise<string> {
  await system.kill('postgres').untilBack();
  await trial.untilAcknowledged(20);
  await system.kill('postgres', 'SIGINT').untilBack();
  await trial.untilAcknowledged(20);
  markFaultEnd();
  const cut = await Promise.all(
    ['intake', ...system.units].map((service) => endSessions(system.applicationUrl(service))),
  );
  return `${cut.reduce((sum, count) => sum + count, 0)} backends terminated`;
}

/** Connects as the service's role, because a role may end its own sessions. */
async function endSessions(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()',
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
