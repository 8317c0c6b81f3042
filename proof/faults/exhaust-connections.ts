import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { eventually } from '#testing';
import { databaseNames } from '../../deploy/local/deployment.ts';
import type { Ground } from './fault-environment.ts';

const LEFT = 20;
const SCARCE_MS = 20_000;
const TOLD_WITHIN_MS = 30_000;
const TOO_MANY = '53300';

/** Somebody else takes every connection that PostgreSQL gives; then all but a few, for all services together. */
export async function exhaustConnections({ system, sides, trial, over }: Ground): Promise<string> {
  const [side] = sides as [Ground['sides'][number]];
  const known = trial.journal
    .acknowledged()
    .find(({ force, door }) => force === side.force && door === 'rest');
  if (!known) throw new Error(`nothing of ${side.force} is acknowledged yet`);
  const hog: pg.Client[] = [];
  try {
    await takeAll(system, hog);
    const refused = async (): Promise<boolean> => {
      // A call whose outcome is known already, so that it may be made as often as needed.
      const { status, headers } = await side.submit(trial.load.submissionOf(known), known.reference);
      if (status >= 500 && status !== 503) throw new Error(`a submission was answered by ${status}`);
      if (status === 503 && headers['retry-after'] === undefined)
        throw new Error('a 503 came without Retry-After');
      return status === 503;
    };
    await eventually(refused, { withinMs: TOLD_WITHIN_MS, everyMs: 100, says: '503 for a submission' });
    const taken = hog.length;
    await Promise.all(hog.splice(0, LEFT).map((client) => client.end()));
    const before = trial.journal.acknowledged().length;
    await pause(SCARCE_MS);
    const accepted = trial.journal.acknowledged().length - before;
    if (accepted === 0) throw new Error(`nothing was accepted with ${LEFT} connections for all`);
    return `503 with Retry-After while somebody else had all ${taken}; ${accepted} accepted with ${LEFT} for all services`;
  } finally {
    await Promise.all(hog.map((client) => client.end()));
    over();
  }
}

/**
 * Every connection of PostgreSQL, in the one database that nobody is cut off from. The services lose theirs and could have them
 * back sooner than anybody else; so the owners keep their databases shut meanwhile.
 */
async function takeAll(system: Ground['system'], hog: pg.Client[]): Promise<void> {
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

/** A role may end its own sessions: the service's own role does, then its own. */
async function shutOut(system: Ground['system'], service: string, owner: pg.Client): Promise<void> {
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
