import { setTimeout as pause } from 'node:timers/promises';
import { startReplica } from '../outside/replica.ts';
import type { FaultEnvironment } from './fault-environment.ts';

/** A consumer group notices a silent member after its session of 30 s. */
const BEYOND_SESSION_MS = 45_000;
const REBALANCES = 4;
const REBALANCE_EVERY_MS = 5_000;
const IDENTITY_PAUSE_MS = 20_000;

/**
 * Pauses a unit until a replica has taken over. The unit wakes up and still believes it owns its partitions.
 */
export async function pauseUnit({ system, markFaultEnd }: FaultEnvironment): Promise<string> {
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
    markFaultEnd();
  } finally {
    replica.kill();
  }
  return 'a replica took over, then it was killed too';
}

/**
 * Starts and kills a replica of a unit several times, so that its consumer group rebalances again and again.
 */
export async function repeatRebalances({ system, markFaultEnd }: FaultEnvironment): Promise<string> {
  const [unit] = system.units as [string];
  for (let count = 0; count < REBALANCES; count += 1) {
    const replica = await startReplica(system, unit);
    try {
      await replica.untilReady();
      await pause(REBALANCE_EVERY_MS);
    } finally {
      replica.kill();
    }
  }
  markFaultEnd();
  return `${REBALANCES} members joined and were killed`;
}

/**
 * Pauses the identity provider. Services cache its keys, so clients with a valid token must be able to go on.
 */
export async function pauseIdentityProvider({
  system,
  trial,
  markFaultEnd,
}: FaultEnvironment): Promise<string> {
  const before = trial.journal.acknowledged().length;
  const resume = system.freeze('identity');
  try {
    await pause(IDENTITY_PAUSE_MS);
    const accepted = trial.journal.acknowledged().length - before;
    if (accepted === 0) throw new Error('nothing was accepted without the identity provider');
    return `${accepted} accepted meanwhile`;
  } finally {
    resume();
    markFaultEnd();
  }
}
