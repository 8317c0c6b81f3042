import { rmSync, writeFileSync } from 'node:fs';
import { eventually } from '#testing';
import { holdFile } from '../../deploy/local/supervisor.ts';
import type { RunningSystem } from '../outside/running-system.ts';

const ENDS_WITHIN_MS = 60_000;
/** Services that come back before their database try again and again. */
const BACK_WITHIN_MS = 180_000;

/** Ends parts, one after the other, and does something before they are started again. Returns when all are back and ready. */
export async function whileDown(
  system: RunningSystem,
  ends: readonly (readonly [part: string, signal: NodeJS.Signals])[],
  work: () => Promise<void> | void,
): Promise<void> {
  const killed: ReturnType<RunningSystem['kill']>[] = [];
  const hold = holdFile(system.dataDirectory);
  writeFileSync(hold, '');
  try {
    for (const [part, signal] of ends) {
      const ended = system.kill(part, signal);
      killed.push(ended);
      await eventually(() => ended.hasEnded(), { withinMs: ENDS_WITHIN_MS, says: `the end of ${part}` });
    }
    await work();
  } finally {
    rmSync(hold);
  }
  const allBack = (): boolean => killed.every(({ isBack }) => isBack());
  await eventually(allBack, {
    withinMs: BACK_WITHIN_MS,
    says: `new processes of ${ends.map(([part]) => part).join(', ')}`,
  });
  await system.untilReady();
}
