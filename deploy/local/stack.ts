import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deploymentFrom, loopback, portsFrom, type Shape } from './deployment.ts';
import { allOrThrow, StartSteps } from './start-steps.ts';
import { logLimitsFrom } from './log-file.ts';
import { CannotStart, claimDirectory, refuseBusyPorts } from './one-at-a-time.ts';
import type { Reporter } from './reporter.ts';
import type { RunningStack } from '#client';
import { describeRun, removeRunFile, writeRunFile } from './run-file.ts';
import { holdFile, Supervisor } from './supervisor.ts';

export interface StackOptions {
  readonly dataDirectory: string;
  /** The first port. The others are derived from it (portsFrom). */
  readonly portBase: number;
  /** Leaves out the simulator, so that no force submits by itself. */
  readonly quietForces: boolean;
  readonly reporter: Reporter;
  /** Called for every line that a process prints, in addition to its log file. */
  readonly onLine?: (name: string, line: string) => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly shape?: Shape;
}

export interface Stack {
  readonly run: RunningStack;
  readonly runFile: string;
  /** Stops everything in the reverse order of the start, and lets each service finish its work. */
  stop(): Promise<void>;
  /** Kills everything at once. */
  kill(): void;
}

/**
 * Runs the whole of Concordat on this machine. The middle of this function shows the order in which it
 * starts.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { reporter, portBase, env = process.env } = options;
  if (env['NODE_ENV'] === 'production') {
    throw new CannotStart(
      '`npm start` creates demonstration sign-ins that anybody can use, so it does not run with NODE_ENV=production.',
    );
  }
  refuseWrongLogLimits(env);
  const directory = resolve(options.dataDirectory);
  const runFile = join(directory, 'run.json');
  const deployment = deploymentFrom(env);
  const ports = portsFrom(portBase, deployment);
  const release = claimDirectory(directory);
  let describe = (): void => undefined;
  // A hold file from an earlier run no longer means anything.
  rmSync(holdFile(directory), { force: true });
  const supervisor = new Supervisor(reporter, directory, () => {
    describe();
  });
  const stop = async (): Promise<void> => {
    removeRunFile(runFile);
    try {
      await supervisor.stop();
    } finally {
      release();
    }
  };
  try {
    const { behind } = options.shape ?? {};
    const external = {
      postgres: Boolean(env['DATABASE_URL'] ?? behind),
      kafka: Boolean(env['KAFKA_BROKERS'] ?? behind),
    };
    await refuseBusyPorts(portBase, ports, external);
    const steps = new StartSteps({ ...options, directory, deployment, ports, supervisor, env });

    const storage = async () => {
      const adminUrl = await steps.postgres();
      const databases = await steps.databases(adminUrl);
      await steps.migrations(databases);
      return databases;
    };
    const transport = async () => {
      const broker = await steps.kafka();
      await steps.access(broker);
      return broker;
    };
    const [databases, broker, registered] = await allOrThrow(storage(), transport(), steps.identity());
    await steps.services(databases, broker);
    await steps.desk(databases, registered);

    const startedAt = new Date();
    const urlOf = (service: string): string =>
      loopback(service === 'identity' ? ports.identity : (ports.services[service] ?? 0));
    const { kafkaPassword, logs } = steps;
    const running = {
      deployment,
      portBase,
      urlOf,
      brokers: broker.brokers,
      databases,
      clients: registered.clients,
      people: registered.people,
      kafkaPassword,
      logs,
    };
    const current = (): RunningStack =>
      describeRun(running, startedAt, { start: process.pid, ...supervisor.pids() });
    describe = () => {
      writeRunFile(runFile, current());
    };
    describe();
    if (!options.quietForces) {
      await steps.simulator(runFile);
      describe();
    }
    const kill = (): void => {
      removeRunFile(runFile);
      supervisor.kill();
      release();
    };
    return { run: current(), runFile, stop, kill };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reports wrong limits once, before anything starts, instead of once for each process. */
function refuseWrongLogLimits(env: NonNullable<StackOptions['env']>): void {
  try {
    logLimitsFrom(env);
  } catch (error) {
    throw new CannotStart((error as Error).message);
  }
}
