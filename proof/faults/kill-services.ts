import { startReplica } from '../outside/replica.ts';
import type { Ground } from './fault-environment.ts';

/** Long enough for a consumer group to miss a dead member for its whole session, and then some. */
const DIES_WITHIN_MS = 90_000;

/** Mid-work by chance, then at each place where a crash could tear what belongs together. */
export async function killServices(ground: Ground): Promise<string> {
  const { system, trial } = ground;
  const [first, second, third] = system.units as [string, string, string];
  await system.kill('intake').untilBack();
  await trial.untilAcknowledged(20);
  await system.kill(first).untilBack();
  await dieAt(
    ground,
    ['intake', 'intake.before-commit:3'],
    ['intake', 'consumer.after-effect-before-offset:3'],
    [second, 'unit.before-commit:2'],
    [third, 'consumer.after-effect-before-offset:3'],
  );
  await relayDies(ground);
  return 'five failpoints reached';
}

/** All at once: each costs its group a session. */
async function dieAt(
  { system, trial }: Ground,
  ...places: readonly [service: string, failpoint: string][]
): Promise<void> {
  const replicas = await Promise.all(
    places.map(([service, failpoint]) => startReplica(system, service, { failpoint })),
  );
  const unused = replicas
    .filter((_, place) => places[place]?.[0] === 'intake')
    .map(({ url }) => trial.load.alsoAt(url));
  try {
    await Promise.all(replicas.map((replica) => replica.untilDeadAtFailpoint(DIES_WITHIN_MS)));
  } finally {
    for (const stop of unused) stop();
    for (const { kill } of replicas) kill();
  }
}

async function relayDies({ system, trial, over }: Ground): Promise<void> {
  const replica = await startReplica(system, 'intake', { failpoint: 'relay.after-send-before-confirm:2' });
  try {
    await replica.untilReady();
    // The lead passes to the replica; the supervisor's new process comes too late for it.
    const killed = system.kill('intake');
    await replica.untilDeadAtFailpoint(DIES_WITHIN_MS);
    over();
    await killed.untilBack();
    await trial.untilAcknowledged(20);
  } finally {
    replica.kill();
  }
}
