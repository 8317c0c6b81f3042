import { startReplica } from '../outside/replica.ts';
import type { FaultEnvironment } from './fault-environment.ts';

/** A consumer group needs up to a whole session (30 s) to notice a dead member, so this allows more. */
const DIES_WITHIN_MS = 90_000;

/**
 * Kills services at a random moment, then at each failpoint where a crash could separate two linked changes.
 */
export async function killServices(environment: FaultEnvironment): Promise<string> {
  const { system, trial } = environment;
  const [first, second, third] = system.units as [string, string, string];
  await system.kill('intake').untilBack();
  await trial.untilAcknowledged(20);
  await system.kill(first).untilBack();
  await killAtFailpoints(
    environment,
    ['intake', 'intake.before-commit:3'],
    ['intake', 'consumer.after-effect-before-offset:3'],
    [second, 'unit.before-commit:2'],
    [third, 'consumer.after-effect-before-offset:3'],
  );
  await killRelay(environment);
  return 'five failpoints reached';
}

/** Starts all replicas at once, because each death costs its consumer group a whole session. */
async function killAtFailpoints(
  { system, trial }: FaultEnvironment,
  ...places: readonly [service: string, failpoint: string][]
): Promise<void> {
  const replicas = await Promise.all(
    places.map(([service, failpoint]) => startReplica(system, service, { failpoint })),
  );
  const removals = replicas
    .filter((_, place) => places[place]?.[0] === 'intake')
    .map(({ url }) => trial.load.addIntake(url));
  try {
    await Promise.all(replicas.map((replica) => replica.untilDeadAtFailpoint(DIES_WITHIN_MS)));
  } finally {
    for (const remove of removals) remove();
    for (const { kill } of replicas) kill();
  }
}

async function killRelay({ system, trial, markFaultEnd }: FaultEnvironment): Promise<void> {
  const replica = await startReplica(system, 'intake', { failpoint: 'relay.after-send-before-confirm:2' });
  try {
    await replica.untilReady();
    // The replica becomes the leader of the relay, because the supervisor's new process starts too late.
    const killed = system.kill('intake');
    await replica.untilDeadAtFailpoint(DIES_WITHIN_MS);
    markFaultEnd();
    await killed.untilBack();
    await trial.untilAcknowledged(20);
  } finally {
    replica.kill();
  }
}
