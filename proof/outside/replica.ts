import { join } from 'node:path';
import { eventually } from '#testing';
import { startChild } from '../../deploy/local/child.ts';
import { deploymentFrom, loopback, mainOf } from '../../deploy/local/deployment.ts';
import { NODE_FLAGS, serviceEnvironment } from '../../deploy/local/services.ts';
import { unitKeysIn } from '../../deploy/local/unit-keys.ts';
import type { RunningSystem } from './running-system.ts';

/**
 * A second process of a service, in the same consumer groups and on the same database. It kills itself at the
 * failpoint, if one is given.
 */
export interface Replica {
  readonly url: string;
  /** Waits for its death at the failpoint. It throws when the process takes longer or ends in another way. */
  readonly untilDeadAtFailpoint: (withinMs: number) => Promise<void>;
  readonly untilReady: () => Promise<void>;
  /** Waits until its readiness report contains this text. */
  readonly untilSays: (detail: string) => Promise<void>;
  /** Asks it to finish its work and exit. It throws when the process does not exit by itself. */
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
}

/** The replicas' ports come after those of the first processes. */
const PORT_OFFSET = 60;
let started = 0;

interface ReplicaOptions {
  /** The failpoint at which it kills itself. */
  readonly failpoint?: string;
  /** The folder of the build, when it is not that of this repository. */
  readonly build?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a replica, which ends with the run in any case. */
export async function startReplica(
  system: RunningSystem,
  service: string,
  { failpoint, build, env }: ReplicaOptions = {},
): Promise<Replica> {
  const { portBase, kafka, urls, logs } = system.run();
  const port = portBase + PORT_OFFSET + (started++ % 20);
  const logFile = join(logs, `replica-${service}-${started}.log`);
  const environment = serviceEnvironment({
    ...{ service, port, logFile, issuer: urls.identity, catalogue: deploymentFrom().catalogue },
    unitKeys: unitKeysIn(system.dataDirectory),
    urls: { applicationUrl: system.applicationUrl(service), migrationUrl: '' },
    kafka: { brokers: kafka.brokers, password: system.kafkaPassword(service), tls: false },
    cursorKey: system.cursorKey(service),
  });
  const child = await startChild({
    name: `a second ${service}`,
    command: process.execPath,
    args: [...NODE_FLAGS, mainOf(service, build)],
    // Variables that the test runner sets must not reach the service.
    env: {
      ...environment,
      NODE_OPTIONS: undefined,
      NODE_ENV: undefined,
      CONCORDAT_FAILPOINT: failpoint,
      ...env,
    },
    logFile,
  });
  let over: NodeJS.Signals | number | undefined;
  void child.ended.then((how) => (over = how));
  return {
    url: loopback(port),
    untilDeadAtFailpoint: async (withinMs) => {
      await eventually(() => over !== undefined, { withinMs, says: `${child.name} at ${String(failpoint)}` });
      if (over !== 'SIGKILL')
        throw new Error(`${child.name} ended with ${String(over)} instead of at ${String(failpoint)}`);
    },
    untilReady: async () => {
      const ready = async (): Promise<boolean> =>
        over !== undefined || (await fetch(`${loopback(port)}/health/ready`)).ok;
      await eventually(ready, { withinMs: 90_000, everyMs: 100, says: child.name });
    },
    untilSays: async (detail) => {
      const says = async (): Promise<boolean> =>
        (await (await fetch(`${loopback(port)}/health/ready`)).text()).includes(detail);
      await eventually(says, { withinMs: 90_000, everyMs: 100, says: `"${detail}" of ${child.name}` });
    },
    stop: async () => {
      if ((await child.stop('SIGTERM', 30_000)) === 'killed')
        throw new Error(`${child.name} did not stop by itself`);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
