import pg from 'pg';
import type { Ground } from './fault-environment.ts';

/** Killed with -9, restarted cleanly, and at last every connection of every service cut off at once. */
export async function failPostgres({ system, trial, over }: Ground): Promise<string> {
  await system.kill('postgres').untilBack();
  await trial.untilAcknowledged(20);
  await system.kill('postgres', 'SIGINT').untilBack();
  await trial.untilAcknowledged(20);
  over();
  const cut = await Promise.all(
    ['intake', ...system.units].map((service) => cutOff(system.applicationUrl(service))),
  );
  return `${cut.reduce((sum, count) => sum + count, 0)} backends terminated`;
}

/** A role may end its own sessions. */
async function cutOff(url: string): Promise<number> {
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
