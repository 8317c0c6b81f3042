import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { eventually } from '#testing';
import { databaseNames } from '../../deploy/local/deployment.ts';
import type { FaultEnvironment } from './fault-environment.ts';

const LEFT = 20;
const SCARCE_MS = 20_000;
const REFUSED_WITHIN_MS = 30_000;
const TOO_MANY = '53300';

/** Takes every connection of PostgreSQL, then gives a few of them back for all services together. */
export async function exhaustConnections({
  system,
  sides,
  trial,
  markFaultEnd,
}: FaultEnvironment): Promise<string> {
  const [side] = sides as [FaultEnvironment['sides'][number]];
  const known = trial.journal
    .acknowledged()
    .find(({ force, door }) => force === side.force && door === 'rest');
  if (!known) throw new Error(`no submission of ${side.force} is acknowledged yet`);
  const hog: pg.Client[] = [];
  try {
    await takeAll(system, hog);
    const refused = async (): Promise<boolean> => {
      // This submission was acknowledged before, so it can be repeated any number of times.
      const { status, headers } = await side.submit(trial.load.submissionOf(known), known.reference);
      if (status >= 500 && status !== 503) throw new Error(`a submission was answered with ${status}`);
      if (status === 503 && headers['retry-after'] === undefined)
        throw new Error('a 503 came without Retry-After');
      return status === 503;
    };
    await eventually(refused, { withinMs: REFUSED_WITHIN_MS, everyMs: 100, says: 'a 503 for a submission' });
    const taken = hog.length;
    await Promise.all(hog.splice(0, LEFT).map((client) => client.end()));
    const before = trial.journal.acknowledged().length;
    await pause(SCARCE_MS);
    const accepted = trial.journal.acknowledged().length - before;
    if (accepted === 0) throw new Error(`nothing was accepted with ${LEFT} connections for all services`);
    return `503 with Retry-After while another client held all ${taken} connections; ${accepted} accepted with ${LEFT} for all services`;
  } finally {
    await Promise.all(hog.map((client) => client.end()));
    markFaultEnd();
  }
}

/**
 * Takes every connection of PostgreSQL through the database of collaboration. The services lose their
 * connections and would open them again at once, so the owners of their databases set the connection limit to
 * 0 meanwhile.
 */
async function takeAll(system: FaultEnvironment['system'], hog: pg.Client[]): Promise<void> {
  const owners = new Map<string, pg.Client>();
  for (const service of ['intake', ...system.units]) {
    const owner = await connect(system.databaseUrls(service).migrationUrl);
    owners.set(service, owner);
    hog.push(owner);
  }
  try {
    for (const [service, owner] of owners) await shutOut(system, service, owner);
    for (;;) hog.push(await connect(system.applicationUrl('collaboration')));
  } catch (error) {
    if ((error as { code?: string }).code !== TOO_MANY) throw error;
  } finally {
    for (const [service, owner] of owners) await limitConnections(service, owner, -1);
  }
}

/** The service's own role ends all sessions of the service, because a role may end only its own sessions. */
async function shutOut(system: FaultEnvironment['system'], service: string, owner: pg.Client): Promise<void> {
  const inside = await connect(system.applicationUrl(service));
  await limitConnections(service, owner, 0);
  await inside.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()',
  );
  await inside.end();
}

async function limitConnections(service: string, owner: pg.Client, limit: number): Promise<void> {
  await owner.query(`alter database ${databaseNames(service).database} connection limit ${limit}`);
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
