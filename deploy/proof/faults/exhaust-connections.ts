import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { eventually } from '#testing';
import type { Ground } from './ground.ts';

const LEFT = 20;
const SCARCE_MS = 20_000;
const TOLD_WITHIN_MS = 30_000;
const TOO_MANY = '53300';

const HOG = 'somebody-else';

/** Somebody else takes every connection that PostgreSQL gives; then all but a few, for all services together. */
export async function exhaustConnections({ system, sides, trial, over }: Ground): Promise<string> {
  const [side] = sides as [Ground['sides'][number]];
  const known = trial.journal.acknowledged().find(({ force, door }) => force === side.force && door === 'rest');
  if (!known) throw new Error(`nothing of ${side.force} is acknowledged yet`);
  const inside = await Promise.all(['intake', ...system.units].map((service) => connect(system.applicationUrl(service))));
  const hog: pg.Client[] = [];
  try {
    await eventually(
      async () => {
        await takeAll(system.applicationUrl('intake'), hog);
        await Promise.all(inside.map(cutOffOthers));
        await takeAll(system.applicationUrl('intake'), hog);
        // A call whose outcome is known already, so that it may be made as often as needed.
        const { status, headers } = await side.submit(trial.load.submissionOf(known), known.reference);
        if (status >= 500 && status !== 503) throw new Error(`a submission was answered by ${status}`);
        if (status === 503 && headers['retry-after'] === undefined) throw new Error('a 503 came without Retry-After');
        return status === 503;
      },
      { withinMs: TOLD_WITHIN_MS, everyMs: 100, says: '503 for a submission' },
    );
    const taken = hog.length;
    await Promise.all(hog.splice(0, LEFT).map((client) => client.end()));
    const before = trial.journal.acknowledged().length;
    await pause(SCARCE_MS);
    const accepted = trial.journal.acknowledged().length - before;
    if (accepted === 0) throw new Error(`nothing was accepted with ${LEFT} connections for all`);
    return `503 with Retry-After while somebody else had all ${taken}; ${accepted} accepted with ${LEFT} for all services`;
  } finally {
    await Promise.all([...hog, ...inside].map((client) => client.end()));
    over();
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, application_name: HOG });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Every connection that PostgreSQL still gives. */
async function takeAll(url: string, hog: pg.Client[]): Promise<void> {
  for (;;) {
    try {
      hog.push(await connect(url));
    } catch (error) {
      if ((error as { code?: string }).code === TOO_MANY) return;
      throw error;
    }
  }
}

/** A role may end its own sessions: the service's, not ours. */
async function cutOffOthers(inside: pg.Client): Promise<void> {
  await inside.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and application_name <> $1', [
    HOG,
  ]);
}
