import { eventually } from '#testing';
import type { Ground } from './fault-environment.ts';

const BACKLOG = 1_000;
const AT_ONCE = 16;
const DRAINED_WITHIN_MS = 240_000;

/** What REST accepts while the broker stands still waits in intake, and reaches the units in order once it goes on. */
export async function backlog({ system, sides, trial, over }: Ground): Promise<string> {
  const resume = system.freeze('kafka');
  try {
    await trial.load.burst(BACKLOG, AT_ONCE);
  } finally {
    resume();
    over();
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
    says: 'the backlog at the units',
  });
  const seconds = (Date.now() - since) / 1_000;
  return `${BACKLOG} waited, at the units and told of after ${seconds.toFixed(1)} s`;
}
