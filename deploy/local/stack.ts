import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deploymentFrom, loopback, portsFrom, type Shape } from './deployment.ts';
import { LocalParts, together } from './local-parts.ts';
import { logLimitsFrom } from './log-file.ts';
import { CannotStart, claimDirectory, refuseBusyPorts } from './one-at-a-time.ts';
import type { Reporter } from './reporter.ts';
import type { RunningStack } from '#client';
import { describeRun, removeRunFile, writeRunFile } from './run-file.ts';
import { holdFile, Supervisor } from './supervisor.ts';

export interface StackOptions {
  readonly dataDirectory: string;
  /** The first port; the others follow from it (portsFrom). */
  readonly portBase: number;
  /** Without the simulator: no force submits by itself. */
  readonly quietForces: boolean;
  readonly reporter: Reporter;
  /** Called for every line that a part prints, beside its log file. */
  readonly onLine?: (part: string, line: string) => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly shape?: Shape;
}

export interface Stack {
  readonly run: RunningStack;
  readonly runFile: string;
  /** Drains in the reverse order of the start. */
  stop(): Promise<void>;
  /** Ends everything at once, without draining. */
  kill(): void;
}

/** Runs the whole of Concordat on this machine. What runs, and in which order, is the middle of this function. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { reporter, portBase, env = process.env } = options;
  if (env['NODE_ENV'] === 'production') {
    throw new CannotStart(
      '`npm start` makes demonstration sign-ins for everybody, so it does not run with NODE_ENV=production.',
    );
  }
  refuseWrongLogLimits(env);
  const directory = resolve(options.dataDirectory);
  const runFile = join(directory, 'run.json');
  const deployment = deploymentFrom(env);
  const ports = portsFrom(portBase, deployment);
  const release = claimDirectory(directory);
  let describe = (): void => undefined;
  // One that an earlier run left behind is nobody's.
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
    const own = {
      postgres: Boolean(env['DATABASE_URL'] ?? behind),
      kafka: Boolean(env['KAFKA_BROKERS'] ?? behind),
    };
    await refuseBusyPorts(portBase, ports, own);
    const parts = new LocalParts({ ...options, directory, deployment, ports, supervisor, env });

    const storage = async () => {
      const adminUrl = await parts.postgres();
      const databases = await parts.databases(adminUrl);
      await parts.migrations(databases);
      return databases;
    };
    const transport = async () => {
      const broker = await parts.kafka();
      await parts.access(broker);
      return broker;
    };
    const [databases, broker, { clients }] = await together(storage(), transport(), parts.identity());
    await parts.services(databases, broker);

    const startedAt = new Date();
    const urlOf = (service: string): string =>
      loopback(service === 'identity' ? ports.identity : (ports.services[service] ?? 0));
    const { kafkaPassword, logs } = parts;
    const what = {
      deployment,
      portBase,
      urlOf,
      brokers: broker.brokers,
      databases,
      clients,
      kafkaPassword,
      logs,
    };
    const current = (): RunningStack =>
      describeRun(what, startedAt, { start: process.pid, ...supervisor.pids() });
    describe = () => {
      writeRunFile(runFile, current());
    };
    describe();
    if (!options.quietForces) {
      await parts.simulator(runFile);
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

/** Said before anything starts, and not once by each part. */
function refuseWrongLogLimits(env: NonNullable<StackOptions['env']>): void {
  try {
    logLimitsFrom(env);
  } catch (error) {
    throw new CannotStart((error as Error).message);
  }
}
