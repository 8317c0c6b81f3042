import { setTimeout as pause } from 'node:timers/promises';
import { jsonLog } from '../json-log.ts';

/** Random waits around a mean, so that nothing runs in step. */
export interface Pace {
  readonly meanMs: number;
}

const REST_AFTER_A_FAULT_MS = 5_000;

/**
 * Runs turns until the signal, with a wait between them. An error (a service restarts, a colleague was
 * faster) is logged once, and the next turn comes a little later, so that a simulated person never stops.
 */
export async function repeatedly(
  who: string,
  { meanMs }: Pace,
  signal: AbortSignal,
  turn: () => Promise<void>,
): Promise<void> {
  let lastFault = '';
  while (!signal.aborted) {
    let wait = meanMs * (0.5 + Math.random());
    try {
      await turn();
      lastFault = '';
    } catch (error) {
      const fault = (error as Error).message;
      if (fault !== lastFault && !signal.aborted) jsonLog('warn', 'turn-failed', { who, fault });
      lastFault = fault;
      wait += REST_AFTER_A_FAULT_MS;
    }
    await pause(wait, undefined, { signal }).catch(() => undefined);
  }
}
