import { setTimeout as pause } from 'node:timers/promises';
import { startReplica } from '../outside/replica.ts';
import type { Ground } from './fault-environment.ts';

/** A group misses a silent member after 30 s. */
const BEYOND_SESSION_MS = 45_000;
const STORMS = 4;
const STORM_MS = 5_000;
const IDENTITY_AWAY_MS = 20_000;

/** The paused member wakes up believing that its partitions are still its own. */
export async function pauseUnit({ system, over }: Ground): Promise<string> {
  const [unit] = system.units as [string];
  const replica = await startReplica(system, unit);
  try {
    await replica.untilReady();
    const resume = system.freeze(unit);
    try {
      await pause(BEYOND_SESSION_MS);
    } finally {
      resume();
    }
    await system.untilReady();
    over();
  } finally {
    replica.kill();
  }
  return 'a replica took over, then died in its turn';
}

export async function rebalanceStorm({ system, over }: Ground): Promise<string> {
  const [unit] = system.units as [string];
  for (let storm = 0; storm < STORMS; storm += 1) {
    const replica = await startReplica(system, unit);
    try {
      await replica.untilReady();
      await pause(STORM_MS);
    } finally {
      replica.kill();
    }
  }
  over();
  return `${STORMS} members joined and died`;
}

/** Keys are cached: who holds a token goes on. */
export async function identityAway({ system, trial, over }: Ground): Promise<string> {
  const before = trial.journal.acknowledged().length;
  const resume = system.freeze('identity');
  try {
    await pause(IDENTITY_AWAY_MS);
    const accepted = trial.journal.acknowledged().length - before;
    if (accepted === 0) throw new Error('nothing was accepted without the identity provider');
    return `${accepted} accepted meanwhile`;
  } finally {
    resume();
    over();
  }
}
