import { join, resolve } from 'node:path';
import { provisionKafka, type BrokerAddress } from '../kafka/provision.ts';
import { startChild } from './child.ts';
import { provideDatabases } from './databases.ts';
import { writeDevelopmentClients } from './identity-provider-clients.ts';
import { fetchKafka, startKafka } from './kafka.ts';
import { deploymentFrom, loopback, mainOf, portsFrom, ROOT } from './landscape.ts';
import { CannotStart, claimDirectory, refuseBusyPorts } from './one-at-a-time.ts';
import { startPostgres } from './postgres.ts';
import type { Reporter } from './reporter.ts';
import { describeRun, removeRunFile, writeRunFile, type RunDescription } from './run-file.ts';
import { Secrets } from './secrets.ts';
import { MigratedNote, migrateService, NODE_FLAGS, startService, untilAnswers } from './services.ts';
import { Supervisor, type Part } from './supervisor.ts';

export interface StackOptions {
  readonly dataDirectory: string;
  readonly portBase: number;
  /** Without the simulator: no force submits by itself. */
  readonly quietForces: boolean;
  readonly reporter: Reporter;
  /** Called for every line that a part prints, beside its log file. */
  readonly onLine?: (part: string, line: string) => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Stack {
  readonly run: RunDescription;
  readonly runFile: string;
  /** Drains in the reverse order of the start. */
  stop(): Promise<void>;
  /** Ends everything at once, without draining. */
  kill(): void;
}

/** The order in which things stop, backwards. */
const STAGE = { parts: 0, kafka: 1, identity: 2, services: 3, simulator: 4 } as const;

/**
 * What runs on this machine, and in which order:
 * PostgreSQL and Kafka → databases, roles, users, topics, access lists → migrations → identity provider → services → simulator.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { reporter, portBase, env = process.env } = options;
  if (env['NODE_ENV'] === 'production') {
    throw new CannotStart(
      'This start makes demonstration sign-ins for everybody and does not run with NODE_ENV=production: see docker-compose.yml and docs/.',
    );
  }
  const directory = resolve(options.dataDirectory);
  const runFile = join(directory, 'run.json');
  const deployment = deploymentFrom(env);
  const ports = portsFrom(portBase, deployment);
  const secrets = new Secrets(join(directory, 'secrets.json'));
  const kafkaPassword = (principal: string): string => secrets.password(`kafka ${principal}`);
  const own = { postgres: env['DATABASE_URL'], kafka: ownBroker(env) };
  const logOf = (part: string) => ({
    logFile: join(directory, 'logs', `${part}.log`),
    ...(options.onLine ? { onLine: (line: string) => options.onLine?.(part, line) } : {}),
  });

  const release = claimDirectory(directory);
  let describe = (): void => undefined;
  const supervisor = new Supervisor(reporter, () => {
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
    await refuseBusyPorts(portBase, ports, { postgres: own.postgres !== undefined, kafka: own.kafka !== undefined });
    const { clients, clientsFile } = await writeDevelopmentClients({ dir: directory, ...deployment });

    const postgres = async (): Promise<string> => {
      if (own.postgres) return own.postgres;
      const settings = {
        directory: join(directory, 'postgres/cluster'),
        port: ports.postgres,
        password: secrets.password('postgres'),
        ...logOf('postgres'),
      };
      await reporter.step(
        'PostgreSQL',
        () => supervisor.keep(STAGE.parts, 'postgres', () => startPostgres(settings)),
        () => `127.0.0.1:${String(ports.postgres)}`,
      );
      return `postgres://postgres:${settings.password}@127.0.0.1:${String(ports.postgres)}/postgres`;
    };
    const kafka = async (): Promise<BrokerAddress> => {
      if (own.kafka) return own.kafka;
      const libraries = join(ROOT, '.data/kafka-libs');
      await reporter.step(
        'Apache Kafka jars',
        () => fetchKafka(libraries),
        (fetched) => (fetched ? 'fetched by Maven' : 'there'),
      );
      const settings = {
        directory: join(directory, 'kafka'),
        libraries,
        port: ports.kafka,
        controllerPort: ports.kafkaController,
        adminPassword: kafkaPassword('admin'),
        controllerPassword: kafkaPassword('controller'),
        ...logOf('kafka'),
      };
      await reporter.step(
        'Kafka',
        () => supervisor.keep(STAGE.kafka, 'kafka', () => startKafka(settings)),
        () => `127.0.0.1:${String(ports.kafka)}`,
      );
      return { brokers: [`127.0.0.1:${String(ports.kafka)}`], username: 'admin', password: settings.adminPassword, tls: false };
    };
    const identity = async (): Promise<void> => {
      const start = async (): Promise<Part> => {
        const child = await startChild({
          name: 'identity provider',
          command: process.execPath,
          args: [...NODE_FLAGS, join(ROOT, 'deploy/local/identity-provider.ts')],
          env: { PORT: String(ports.identity), HOST: '127.0.0.1', CLIENTS_FILE: clientsFile, DATA_DIR: directory },
          ...logOf('identity'),
        });
        await untilAnswers(child, `${loopback(ports.identity)}/.well-known/openid-configuration`);
        return { process: child, stop: () => child.stop() };
      };
      await reporter.step(
        'identity provider',
        () => supervisor.keep(STAGE.identity, 'identity', start),
        () => loopback(ports.identity),
      );
    };
    const databases = async () => {
      const adminUrl = await postgres();
      const urls = await reporter.step(
        'databases and roles',
        () => provideDatabases(adminUrl, deployment.services, (role) => secrets.password(`postgres ${role}`)),
        (made) => `${String(made.size)} databases, an owner and an application role each`,
      );
      const note = own.postgres ? undefined : new MigratedNote(join(directory, 'postgres'), deployment.services);
      if (note?.holds()) return urls;
      await reporter.step('migrations', () => Promise.all([...urls].map(([service, one]) => migrateService(service, one))));
      note?.write();
      return urls;
    };
    const broker = async (): Promise<BrokerAddress> => {
      const address = await kafka();
      await reporter.step(
        'Kafka users, topics, access',
        () => provisionKafka(address, deployment, kafkaPassword),
        (made) => `${String(made.principals)} users, ${String(made.topics)} topics, ${String(made.rules)} access rules`,
      );
      return address;
    };

    const [urls, { brokers, tls }] = await together(databases(), broker(), identity());
    const serviceOf = (service: string) => (): Promise<Part> => {
      const database = urls.get(service);
      if (!database) throw new Error(`${service} has no database`);
      return startService({
        service,
        port: ports.services[service] ?? 0,
        urls: database,
        kafka: { brokers, password: kafkaPassword(service), tls },
        issuer: loopback(ports.identity),
        catalogue: deployment.catalogue,
        ...logOf(service),
      });
    };
    await reporter.step(
      'services',
      () => together(...deployment.services.map((service) => supervisor.keep(STAGE.services, service, serviceOf(service)))),
      () => deployment.services.join(', '),
    );

    const startedAt = new Date();
    const urlOf = (service: string): string => (service === 'identity' ? loopback(ports.identity) : loopback(ports.services[service] ?? 0));
    const what = { deployment, portBase, urlOf, brokers, databases: urls, clients, kafkaPassword, logs: join(directory, 'logs') };
    const current = (): RunDescription => describeRun(what, startedAt, { start: process.pid, ...supervisor.pids() });
    describe = () => {
      writeRunFile(runFile, current());
    };
    describe();
    if (!options.quietForces) {
      const start = async (): Promise<Part> => {
        const child = await startChild({
          name: 'simulator',
          command: process.execPath,
          args: [...NODE_FLAGS, mainOf('simulator')],
          env: { CONCORDAT_RUN: runFile },
          ...logOf('simulator'),
        });
        return { process: child, stop: () => child.stop() };
      };
      await reporter.step(
        'simulator',
        () => supervisor.keep(STAGE.simulator, 'simulator', start),
        () => 'three forces submit, staff work; --quiet-forces leaves it out',
      );
      describe();
    }
    return {
      run: current(),
      runFile,
      stop,
      kill: () => {
        removeRunFile(runFile);
        supervisor.kill();
        release();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Someone's own Kafka: KAFKA_BROKERS, and a super user in KAFKA_USERNAME and KAFKA_PASSWORD (SCRAM-SHA-512). */
function ownBroker(env: Readonly<Record<string, string | undefined>>): BrokerAddress | undefined {
  const { KAFKA_BROKERS, KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_TLS } = env;
  if (!KAFKA_BROKERS) return undefined;
  if (!KAFKA_USERNAME || !KAFKA_PASSWORD) {
    throw new CannotStart(
      'KAFKA_BROKERS is set: set KAFKA_USERNAME and KAFKA_PASSWORD as well, of a super user (SCRAM-SHA-512) that may create users, topics and access lists.',
    );
  }
  return { brokers: KAFKA_BROKERS.split(','), username: KAFKA_USERNAME, password: KAFKA_PASSWORD, tls: KAFKA_TLS === 'on' };
}

/** Like Promise.all, but waits for all before it throws: what is still coming up must be known to be stopped. */
async function together<Results extends readonly unknown[]>(
  ...work: { [Index in keyof Results]: Promise<Results[Index]> }
): Promise<Results> {
  const settled = await Promise.allSettled(work);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as Results;
}
