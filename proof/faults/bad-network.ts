import { setTimeout as pause } from 'node:timers/promises';
import { NetworkControl, type NetworkProfile } from '../network/network-control.ts';
import type { FaultEnvironment } from './fault-environment.ts';

/** These are longer than a consumer's session (30 s) and longer than a client waits for an answer (20 s). */
const BEYOND_SESSION_MS = 45_000;
const BEYOND_PATIENCE_MS = 25_000;
const CUT_MS = 10_000;
const RESETS = 10;
const RESET_EVERY_MS = 2_000;
const DELAY_MS = 400;
/** This is 1 Mbit per second. */
const BYTES_PER_SECOND = 125_000;

/**
 * Cuts the services off from the broker in both directions, then in each direction alone. Afterwards it cuts
 * them off from PostgreSQL, so that answers to COMMIT never arrive.
 */
export async function partitionNetwork({ trial, markFaultEnd }: FaultEnvironment): Promise<string> {
  const network = new NetworkControl();
  const since = Date.now();
  for (const [hold, ms] of [
    ['both ways', BEYOND_SESSION_MS],
    ['to the server', BEYOND_PATIENCE_MS],
    ['from the server', BEYOND_PATIENCE_MS],
  ] as const) {
    const from = Date.now();
    await network.during('kafka', { hold }, () => pause(ms));
    if (trial.journal.acknowledgedCount('rest', from) === 0)
      throw new Error(`REST accepted nothing while the broker was cut off ${hold}`);
    await trial.untilServed(Date.now());
  }
  const accepted = trial.journal.acknowledgedCount('rest', since);
  await network.during('postgres', { hold: 'from the server' }, async () => {
    await pause(CUT_MS);
    await network.reset('postgres');
  });
  markFaultEnd();
  return `${accepted} accepted by REST while the broker was cut off`;
}

/** Resets every connection to the broker and to PostgreSQL several times. */
export async function resetConnections({ markFaultEnd }: FaultEnvironment): Promise<string> {
  const network = new NetworkControl();
  const before = await countConnections(network);
  for (let count = 0; count < RESETS; count += 1) {
    await Promise.all([network.reset('kafka'), network.reset('postgres')]);
    await pause(RESET_EVERY_MS);
  }
  markFaultEnd();
  return `${(await countConnections(network)) - before} new connections opened`;
}

/** A slow network is not an outage: no consumer may lose its place in its group because of it. */
export async function slowDownNetwork({ trial, markFaultEnd }: FaultEnvironment): Promise<string> {
  const network = new NetworkControl();
  const observations: string[] = [];
  const slow: readonly [string, NetworkProfile][] = [
    [`+${DELAY_MS} ms`, { delayMs: DELAY_MS }],
    ['1 Mbit/s', { bytesPerSecond: BYTES_PER_SECOND }],
  ];
  for (const [name, profile] of slow) {
    const before = (await network.counts('kafka')).joins;
    await network.during('kafka', profile, async () => {
      await pause(BEYOND_SESSION_MS);
      await trial.untilServed(Date.now());
    });
    const joins = (await network.counts('kafka')).joins - before;
    if (joins > 0)
      throw new Error(`${joins} requests to join a group at ${name}: consumers lost their places`);
    observations.push(`${name}: no consumer joined again`);
  }
  markFaultEnd();
  return observations.join(', ');
}

async function countConnections(network: NetworkControl): Promise<number> {
  return (await network.counts('kafka')).connections + (await network.counts('postgres')).connections;
}
