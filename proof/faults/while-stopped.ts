import { rmSync, writeFileSync } from 'node:fs';
import { eventually } from '#testing';
import { holdFile } from '../../deploy/local/supervisor.ts';
import type { RunningSystem } from '../outside/running-system.ts';

const ENDS_WITHIN_MS = 60_000;
/** Services that start before their database retry until it is there. */
const BACK_WITHIN_MS = 180_000;

/**
 * Stops services one after the other, does the work, and lets the supervisor start them again. Returns when
 * every service is ready.
 */
export async function whileStopped(
  system: RunningSystem,
  stops: readonly (readonly [service: string, signal: NodeJS.Signals])[],
  work: () => Promise<void> | void,
): Promise<void> {
  const killed: ReturnType<RunningSystem['kill']>[] = [];
  const hold = holdFile(system.dataDirectory);
  writeFileSync(hold, '');
  try {
    for (const [service, signal] of stops) {
      const stopped = system.kill(service, signal);
      killed.push(stopped);
      await eventually(() => stopped.hasEnded(), { withinMs: ENDS_WITHIN_MS, says: `the end of ${service}` });
    }
    await work();
  } finally {
    rmSync(hold);
  }
  const allBack = (): boolean => killed.every(({ isBack }) => isBack());
  await eventually(allBack, {
    withinMs: BACK_WITHIN_MS,
    says: `new processes of ${stops.map(([service]) => service).join(', ')}`,
  });
  await system.untilReady();
}
