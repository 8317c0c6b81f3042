import { setTimeout as pause } from 'node:timers/promises';
import { Network, type Weather } from '../network/network-control.ts';
import type { Ground } from './fault-environment.ts';

/** Longer than a consumer's session of 30 s, and than the 20 s after which a client gives an answer up. */
const BEYOND_SESSION_MS = 45_000;
const BEYOND_PATIENCE_MS = 25_000;
const CUT_MS = 10_000;
const RESETS = 10;
const RESET_EVERY_MS = 2_000;
const DELAY_MS = 400;
/** 1 Mbit a second. */
const BYTES_PER_SECOND = 125_000;

/** Cut off from the broker both ways, then each way alone; at last from PostgreSQL, with answers to COMMIT that never come. */
export async function partition({ trial, over }: Ground): Promise<string> {
  const network = new Network();
  const since = Date.now();
  for (const [hold, ms] of [
    ['both ways', BEYOND_SESSION_MS],
    ['to the part', BEYOND_PATIENCE_MS],
    ['from the part', BEYOND_PATIENCE_MS],
  ] as const) {
    const from = Date.now();
    await network.during('kafka', { hold }, () => pause(ms));
    if (acceptedByRest(trial, from) === 0)
      throw new Error(`REST accepted nothing while the broker was cut off ${hold}`);
    await trial.untilServed(Date.now());
  }
  const accepted = acceptedByRest(trial, since);
  await network.during('postgres', { hold: 'from the part' }, async () => {
    await pause(CUT_MS);
    await network.reset('postgres');
  });
  over();
  return `${accepted} accepted by REST while the broker was cut off`;
}

/** Every connection to both parts, again and again. */
export async function resetConnections({ over }: Ground): Promise<string> {
  const network = new Network();
  const before = await connections(network);
  for (let count = 0; count < RESETS; count += 1) {
    await Promise.all([network.reset('kafka'), network.reset('postgres')]);
    await pause(RESET_EVERY_MS);
  }
  over();
  return `${(await connections(network)) - before} connections made anew`;
}

/** Slow is not away: no consumer may lose its place in its group over it. */
export async function slowNetwork({ trial, over }: Ground): Promise<string> {
  const network = new Network();
  const told: string[] = [];
  const slow: readonly [string, Weather][] = [
    [`+${DELAY_MS} ms`, { delayMs: DELAY_MS }],
    ['1 Mbit/s', { bytesPerSecond: BYTES_PER_SECOND }],
  ];
  for (const [name, weather] of slow) {
    const before = (await network.counts('kafka')).joins;
    await network.during('kafka', weather, async () => {
      await pause(BEYOND_SESSION_MS);
      await trial.untilServed(Date.now());
    });
    const joins = (await network.counts('kafka')).joins - before;
    if (joins > 0)
      throw new Error(`${joins} requests to join a group at ${name}: consumers lost their places`);
    told.push(`${name}: no consumer joined again`);
  }
  over();
  return told.join(', ');
}

async function connections(network: Network): Promise<number> {
  return (await network.counts('kafka')).connections + (await network.counts('postgres')).connections;
}

function acceptedByRest(trial: Ground['trial'], since: number): number {
  return trial.journal.acknowledged().filter(({ door, meantAt }) => door === 'rest' && meantAt > since)
    .length;
}
