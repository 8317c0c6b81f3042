import { eventually } from '#testing';
import { startReplica } from '../replica.ts';
import type { Ground } from './ground.ts';

/** Long enough for a consumer group to miss a dead member for its whole session, and then some. */
const DIES_WITHIN_MS = 90_000;

/** Mid-work by chance, then at each place where a crash could tear what belongs together. */
export async function killServices(ground: Ground): Promise<string> {
  const { system, trial } = ground;
  const [first, second] = system.units as [string, string];
  await system.kill('intake').untilBack();
  await trial.untilAcknowledged(20);
  await system.kill(first).untilBack();
  await dieAt(ground, [second, 'unit.before-commit:2'], ['intake', 'consumer.after-effect-before-offset:3']);
  await dieAt(ground, [second, 'consumer.after-effect-before-offset:3']);
  await relayDies(ground);
  return 'four failpoints reached';
}

async function dieAt({ system, trial }: Ground, ...places: readonly [service: string, failpoint: string][]): Promise<void> {
  const replicas = places.map(([service, failpoint]) => startReplica(system, service, failpoint));
  try {
    await trial.untilAcknowledged(20);
    for (const replica of replicas) {
      await eventually(replica.hasEnded, { withinMs: DIES_WITHIN_MS, says: 'the replica at its failpoint' });
      if ((await replica.ended) !== 'SIGKILL') throw new Error(`the replica ended with ${String(await replica.ended)}`);
    }
  } finally {
    for (const { kill } of replicas) kill();
  }
}

async function relayDies({ system, trial, over }: Ground): Promise<void> {
  const replica = startReplica(system, 'intake', 'relay.after-send-before-confirm:2');
  try {
    await replica.untilReady();
    // The lead passes to the replica; the supervisor's new process comes too late for it.
    const killed = system.kill('intake');
    await eventually(replica.hasEnded, { withinMs: DIES_WITHIN_MS, says: 'the replica at its failpoint' });
    if ((await replica.ended) !== 'SIGKILL') throw new Error(`the replica ended with ${String(await replica.ended)}`);
    over();
    await killed.untilBack();
    await trial.untilAcknowledged(20);
  } finally {
    replica.kill();
  }
}
