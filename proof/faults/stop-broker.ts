import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '#testing';
import type { Ground } from './fault-environment.ts';

const BACK_WITHIN_MS = 60_000;
const PAUSE_MS = 60_000;

/** Cleanly, then with -9; REST accepts all the while. */
export async function restartBroker({ system, trial, over }: Ground): Promise<string> {
  const told: string[] = [];
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const broker = system.kill('kafka', signal);
    const since = Date.now();
    over();
    await eventually(broker.isBack, { withinMs: BACK_WITHIN_MS, says: 'a new broker' });
    told.push(acceptedByRest(trial, since));
    await broker.untilBack();
  }
  return told.join('; ');
}

/** Longer than a client's own patience, and than a consumer's session. */
export async function pauseBroker({ system, trial, over }: Ground): Promise<string> {
  const resume = system.freeze('kafka');
  const since = Date.now();
  try {
    await pause(PAUSE_MS);
    return acceptedByRest(trial, since);
  } finally {
    resume();
    over();
  }
}

function acceptedByRest(trial: Ground['trial'], since: number): string {
  const accepted = trial.journal
    .acknowledged()
    .filter(({ door, meantAt }) => door === 'rest' && meantAt > since).length;
  if (accepted === 0) throw new Error('REST accepted nothing while the broker was away');
  return `REST accepted ${accepted} in ${((Date.now() - since) / 1_000).toFixed(1)} s without a broker`;
}
