import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '#testing';
import type { FaultEnvironment } from './fault-environment.ts';

const BACK_WITHIN_MS = 60_000;
const PAUSE_MS = 60_000;

/** Stops the broker cleanly, then with -9. REST must go on accepting meanwhile. */
export async function restartBroker({ system, trial, markFaultEnd }: FaultEnvironment): Promise<string> {
  const observations: string[] = [];
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const broker = system.kill('kafka', signal);
    const since = Date.now();
    markFaultEnd();
    await eventually(broker.isBack, { withinMs: BACK_WITHIN_MS, says: 'the restart of the broker' });
    observations.push(describeAccepted(trial, since));
    await broker.untilBack();
  }
  return observations.join('; ');
}

/** Pauses the broker longer than a client waits for an answer and longer than a consumer's session. */
export async function pauseBroker({ system, trial, markFaultEnd }: FaultEnvironment): Promise<string> {
  const resume = system.freeze('kafka');
  const since = Date.now();
  try {
    await pause(PAUSE_MS);
    return describeAccepted(trial, since);
  } finally {
    resume();
    markFaultEnd();
  }
}

function describeAccepted(trial: FaultEnvironment['trial'], since: number): string {
  const accepted = trial.journal.acknowledgedCount('rest', since);
  if (accepted === 0) throw new Error('REST accepted nothing while the broker was away');
  return `REST accepted ${accepted} in ${((Date.now() - since) / 1_000).toFixed(1)} s without a broker`;
}
