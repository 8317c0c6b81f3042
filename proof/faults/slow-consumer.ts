import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Network } from '../network/network-control.ts';
import type { Ground } from './fault-environment.ts';

const BATCH_MS = 40_000;

/** A unit's batch waits longer than a session for a lock that somebody else holds, and keeps its partitions meanwhile. */
export async function slowConsumer({ system, over }: Ground): Promise<string> {
  const network = new Network();
  const [unit] = system.units as [string];
  const somebody = new pg.Client({ connectionString: system.applicationUrl(unit) });
  await somebody.connect();
  const before = (await network.counts('kafka')).joins;
  try {
    // Nobody can number a new request. Of all locks that would do, this one gives no transaction id, which would hold back every relay.
    await somebody.query('begin; lock table reference_counter in exclusive mode');
    await pause(BATCH_MS);
    const waiting = await somebody.query(
      `select 1 from pg_locks where relation = 'reference_counter'::regclass and not granted`,
    );
    if (waiting.rowCount === 0) throw new Error('no batch waited');
  } finally {
    await somebody.end();
    over();
  }
  const joins = (await network.counts('kafka')).joins - before;
  if (joins > 0) throw new Error(`${joins} requests to join a group: the unit lost its partitions`);
  return `a batch of ${unit} waited ${BATCH_MS / 1_000} s, no consumer joined again`;
}
