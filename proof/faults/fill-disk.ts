import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { eventually } from '#testing';
import type { FaultEnvironment } from './fault-environment.ts';
import { whileStopped } from './while-stopped.ts';
import { SmallDisk } from './small-disk.ts';

const DISK_BYTES = 1024 * 1024 * 1024;
const FULL_MS = 20_000;
const NOTICED_WITHIN_MS = 90_000;
const BURST = 200;
const AT_ONCE = 16;

/** A service that writes to the disk, its folder, and the signal that stops it cleanly. */
interface DiskUser {
  readonly service: string;
  readonly folder: string;
  readonly signal: NodeJS.Signals;
}

/**
 * Fills the disk of the database, then the disk of the broker. REST must refuse what the database cannot
 * store, and must go on accepting without a broker.
 */
export async function fillDisks(environment: FaultEnvironment): Promise<string> {
  const { load } = environment.trial;
  const before = load.countOfAnswers(503);
  let refused = 0;
  const database = { service: 'postgres', folder: 'postgres/cluster', signal: 'SIGINT' } as const;
  await runOnSmallDisk(environment, database, async () => {
    await eventually(() => load.countOfAnswers(503) > before, {
      withinMs: NOTICED_WITHIN_MS,
      says: 'a refusal by REST',
    });
    await pause(FULL_MS);
    refused = load.countOfAnswers(503) - before;
  });
  let accepted = 0;
  const broker = { service: 'kafka', folder: 'kafka/log', signal: 'SIGTERM' } as const;
  await runOnSmallDisk(environment, broker, async () => {
    const since = load.countOfAnswers(201);
    await load.burst(BURST, AT_ONCE);
    await pause(FULL_MS);
    accepted = load.countOfAnswers(201) - since;
  });
  const faulty = load.faultyAnswers();
  if (faulty.length > 0) throw new Error(`REST answered ${faulty.join(', ')}`);
  return `database disk full: REST refused ${refused} times with 503 and Retry-After; broker disk full: REST accepted ${accepted}`;
}

async function runOnSmallDisk(
  { system, trial, markFaultEnd }: FaultEnvironment,
  { service, folder, signal }: DiskUser,
  whileFull: () => Promise<void>,
): Promise<void> {
  const path = join(system.dataDirectory, folder);
  const disk = await SmallDisk.mount(DISK_BYTES);
  try {
    await whileStopped(system, [[service, signal]], () => disk.moveIn(path));
    try {
      await trial.untilAcknowledged(20);
      disk.fill();
      await whileFull();
    } finally {
      disk.empty();
      markFaultEnd();
    }
    await trial.untilServed(Date.now());
    await whileStopped(system, [[service, signal]], () => disk.moveBack(path));
  } finally {
    await disk.unmount();
  }
}
