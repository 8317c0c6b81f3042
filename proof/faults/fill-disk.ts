import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { eventually } from '#testing';
import type { Ground } from './fault-environment.ts';
import { whileDown } from './while-stopped.ts';
import { SmallDisk } from './small-disk.ts';

const DISK_BYTES = 1024 * 1024 * 1024;
const FULL_MS = 20_000;
const NOTICED_WITHIN_MS = 90_000;
const BURST = 200;
const AT_ONCE = 16;

/** The database's disk, then the broker's, is full for a while: what cannot be kept is refused, and REST does without a broker. */
export async function fillDisks(ground: Ground): Promise<string> {
  const { load } = ground.trial;
  const before = load.answersWith(503);
  let refused = 0;
  await onSmallDisk(ground, { part: 'postgres', folder: 'postgres/cluster', end: 'SIGINT' }, async () => {
    await eventually(() => load.answersWith(503) > before, {
      withinMs: NOTICED_WITHIN_MS,
      says: 'a refusal by REST',
    });
    await pause(FULL_MS);
    refused = load.answersWith(503) - before;
  });
  let accepted = 0;
  await onSmallDisk(ground, { part: 'kafka', folder: 'kafka/log', end: 'SIGTERM' }, async () => {
    const since = load.answersWith(201);
    await load.burst(BURST, AT_ONCE);
    await pause(FULL_MS);
    accepted = load.answersWith(201) - since;
  });
  const faulty = load.faultyAnswers();
  if (faulty.length > 0) throw new Error(`REST answered ${faulty.join(', ')}`);
  return `database: REST refused ${refused} times by 503 with Retry-After; broker: REST accepted ${accepted} meanwhile`;
}

async function onSmallDisk(
  { system, trial, over }: Ground,
  { part, folder, end }: { readonly part: string; readonly folder: string; readonly end: NodeJS.Signals },
  whileFull: () => Promise<void>,
): Promise<void> {
  const path = join(system.dataDirectory, folder);
  const disk = await SmallDisk.mount(DISK_BYTES);
  try {
    await whileDown(system, [[part, end]], () => disk.take(path));
    try {
      await trial.untilAcknowledged(20);
      disk.fill();
      await whileFull();
    } finally {
      disk.empty();
      over();
    }
    await trial.untilServed(Date.now());
    await whileDown(system, [[part, end]], () => disk.giveBack(path));
  } finally {
    await disk.unmount();
  }
}
