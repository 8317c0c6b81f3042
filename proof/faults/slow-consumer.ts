import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { NetworkControl } from '../network/network-control.ts';
import type { FaultEnvironment } from './fault-environment.ts';

const BATCH_MS = 40_000;

/**
 * A unit's batch waits for a lock longer than a Kafka session. The unit must keep its partitions meanwhile.
 */
export async function slowDownConsumer({ system, markFaultEnd }: FaultEnvironment): Promise<string> {
  const network = new NetworkControl();
  const [unit] = system.units as [string];
  const lockHolder = new pg.Client({ connectionString: system.applicationUrl(unit) });
  await lockHolder.connect();
  const before = (await network.counts('kafka')).joins;
  try {
    // This lock stops the numbering of new requests. It needs no transaction id, which would hold back every
    // relay.
    await lockHolder.query('begin; lock table reference_counter in exclusive mode');
    await pause(BATCH_MS);
    const waiting = await lockHolder.query(
      `select 1 from pg_locks where relation = 'reference_counter'::regclass and not granted`,
    );
    if (waiting.rowCount === 0) throw new Error('no batch waited for the lock');
  } finally {
    await lockHolder.end();
    markFaultEnd();
  }
  const joins = (await network.counts('kafka')).joins - before;
  if (joins > 0) throw new Error(`${joins} requests to join a group: the unit lost its partitions`);
  return `a batch of ${unit} waited ${BATCH_MS / 1_000} s, no consumer joined again`;
}
