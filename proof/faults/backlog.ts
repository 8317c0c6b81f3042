import { eventually } from '#testing';
import type { FaultEnvironment } from './fault-environment.ts';

const BACKLOG = 1_000;
const AT_ONCE = 16;
const DRAINED_WITHIN_MS = 240_000;

/**
 * Pauses the broker while REST accepts requests. They wait in intake and must reach the units in order when
 * the broker continues.
 */
export async function buildBacklog({
  system,
  sides,
  trial,
  markFaultEnd,
}: FaultEnvironment): Promise<string> {
  const resume = system.freeze('kafka');
  try {
    await trial.load.burst(BACKLOG, AT_ONCE);
  } finally {
    resume();
    markFaultEnd();
  }
  const since = Date.now();
  const wanted = new Set(
    trial.journal
      .acknowledged()
      .filter(({ door }) => door === 'rest')
      .map(({ reference }) => reference),
  );
  const arrived = async (): Promise<boolean> => {
    for (const side of sides) {
      for (const { reference, state } of await side.list(trial.startedAt))
        if (state !== 'accepted') wanted.delete(reference);
    }
    return wanted.size === 0;
  };
  await eventually(arrived, {
    withinMs: DRAINED_WITHIN_MS,
    everyMs: 1_000,
    says: 'the arrival of the backlog at the units',
  });
  const seconds = (Date.now() - since) / 1_000;
  return `${BACKLOG} waited; all arrived at the units and were reported to the forces after ${seconds.toFixed(1)} s`;
}
