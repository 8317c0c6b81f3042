import { join } from 'node:path';
import { kafkaLimitsFrom, provisionKafka, type BrokerAddress } from '#broker-admin';
import { startChild } from './child.ts';
import { provideDatabases, type ServiceUrls } from './databases.ts';
import { writeDevelopmentClients, type DevelopmentClients } from './identity-provider-clients.ts';
import { fetchKafka, newClusterId, startKafka } from './kafka.ts';
import {
  cursorSecretOf,
  DESK,
  issuesCursors,
  loopback,
  mainOf,
  ROOT,
  type Deployment,
  type Ports,
  type Shape,
} from './deployment.ts';
import { CannotStart } from './one-at-a-time.ts';
import { startPostgres } from './postgres.ts';
import type { Reporter } from './reporter.ts';
import { Secrets } from './secrets.ts';
import {
  deskEnvironment,
  MigratedNote,
  migrateService,
  NODE_FLAGS,
  serviceEnvironment,
  startService,
  untilAnswers,
} from './services.ts';
import { type ManagedProcess, type Supervisor } from './supervisor.ts';
import { unitKeysIn, writeUnitKeys } from './unit-keys.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface StartStepsOptions {
  readonly directory: string;
  readonly deployment: Deployment;
  readonly portBase: number;
  readonly ports: Ports;
  readonly reporter: Reporter;
  readonly supervisor: Supervisor;
  readonly env: Environment;
  readonly onLine?: (name: string, line: string) => void;
  readonly shape?: Shape;
}

/** The order in which processes are stopped: the highest stage first. */
const STAGE = { postgres: 0, kafka: 1, identity: 2, services: 3, desk: 4, simulator: 5 } as const;

/**
 * The steps of a start. Each method is one step with a name in the console; stack.ts runs them in their
 * order.
 */
export class StartSteps {
  readonly logs: string;
  private readonly options: StartStepsOptions;
  private readonly secrets: Secrets;

  constructor(options: StartStepsOptions) {
    this.options = options;
    this.logs = join(options.directory, 'logs');
    this.secrets = new Secrets(join(options.directory, 'secrets.json'));
  }

  readonly kafkaPassword = (principal: string): string => this.secrets.password(`kafka ${principal}`);

  /**
   * Starts PostgreSQL unless DATABASE_URL names another. Returns the connection string of a role that may
   * create roles and databases.
   */
  async postgres(): Promise<string> {
    const { env, directory, ports, shape } = this.options;
    if (env['DATABASE_URL']) return env['DATABASE_URL'];
    const password = this.secrets.password('postgres');
    const port = shape?.behind?.postgres ?? ports.postgres;
    const settings = {
      directory: join(directory, 'postgres/cluster'),
      port,
      password,
      ...this.log('postgres'),
    };
    await this.keep(
      'postgres',
      'PostgreSQL',
      () => startPostgres(settings),
      `127.0.0.1:${String(ports.postgres)}`,
    );
    return `postgres://postgres:${password}@127.0.0.1:${String(ports.postgres)}/postgres`;
  }

  async databases(adminUrl: string): Promise<Map<string, ServiceUrls>> {
    const { reporter, deployment } = this.options;
    return reporter.step(
      'databases and roles',
      () =>
        provideDatabases(adminUrl, deployment.databases, (role) => this.secrets.password(`postgres ${role}`)),
      (databases) => `${String(databases.size)} databases, an owner and an application role each`,
    );
  }

  /** Migrates all databases at once. Does nothing if this build has migrated them before. */
  async migrations(databases: ReadonlyMap<string, ServiceUrls>): Promise<void> {
    const { reporter, env, directory, deployment } = this.options;
    const note = env['DATABASE_URL']
      ? undefined
      : new MigratedNote(join(directory, 'postgres'), deployment.databases);
    if (note?.holds()) return;
    await reporter.step('migrations', () =>
      Promise.all([...databases].map(([service, urls]) => migrateService(service, urls))),
    );
    note?.write();
  }

  /**
   * Starts Kafka unless KAFKA_BROKERS names another. Returns the address and the super user of the broker.
   */
  async kafka(): Promise<BrokerAddress> {
    const { env, reporter } = this.options;
    const external = externalBrokerFrom(env);
    if (external) return external;
    const libraries = join(ROOT, '.data/kafka-libs');
    await reporter.step(
      'Apache Kafka jars',
      () => fetchKafka(libraries),
      (fetched) => (fetched ? 'fetched by Maven' : 'already present'),
    );
    const brokers = await reporter.step(
      'Kafka',
      () => this.brokers(libraries),
      (addresses) => addresses.join(', '),
    );
    return { brokers, username: 'admin', password: this.kafkaPassword('admin'), tls: false };
  }

  /** Starts all brokers at once, because none of several is ready before most of them run. */
  private async brokers(libraries: string): Promise<string[]> {
    const { directory, ports, shape, supervisor } = this.options;
    const nodes = Array.from({ length: shape?.brokers ?? 1 }, (_, index) => index);
    const cluster = {
      id: newClusterId(),
      controllerPorts: nodes.map((index) => ports.kafkaController + 2 * index),
    };
    const addresses = await allOrThrow(
      ...nodes.map(async (index) => {
        const name = index === 0 ? 'kafka' : `kafka-${String(index + 1)}`;
        const advertisedPort = ports.kafka + 2 * index;
        const settings = {
          directory: join(directory, name),
          libraries,
          port: shape?.behind?.kafka ?? advertisedPort,
          advertisedPort,
          controllerPort: ports.kafkaController + 2 * index,
          cluster: { ...cluster, node: index + 1 },
          adminPassword: this.kafkaPassword('admin'),
          controllerPassword: this.kafkaPassword('controller'),
          ...this.log(name),
        };
        await supervisor.keep(STAGE.kafka, name, () => startKafka(settings));
        return `127.0.0.1:${String(advertisedPort)}`;
      }),
    );
    return [...addresses];
  }

  /** Creates users, topics and access lists, which are all derived from the contracts. */
  async access(broker: BrokerAddress): Promise<void> {
    await this.options.reporter.step(
      'Kafka users, topics, access',
      () =>
        provisionKafka(
          broker,
          this.options.deployment,
          this.kafkaPassword,
          kafkaLimitsFrom(this.options.env),
        ),
      ({ principals, topics, rules }) =>
        `${String(principals)} users, ${String(topics)} topics, ${String(rules)} access rules`,
    );
  }

  /**
   * Starts a development identity provider with a client for each force and for each role of every unit, and
   * with the people who sign in through the desk.
   */
  async identity(): Promise<DevelopmentClients> {
    const { directory, deployment, ports } = this.options;
    const registered = await writeDevelopmentClients({
      ...{ dir: directory, ...deployment },
      deskOrigin: loopback(ports.services[DESK] ?? 0),
    });
    const start = async (): Promise<ManagedProcess> => {
      const child = await startChild({
        name: 'identity provider',
        command: process.execPath,
        args: [...NODE_FLAGS, join(ROOT, 'deploy/local/identity-provider.ts')],
        env: {
          PORT: String(ports.identity),
          HOST: '127.0.0.1',
          CLIENTS_FILE: registered.clientsFile,
          DATA_DIR: directory,
        },
        ...this.log('identity'),
      });
      await untilAnswers(child, `${loopback(ports.identity)}/.well-known/openid-configuration`);
      return { process: child, stop: () => child.stop() };
    };
    await this.keep('identity', 'identity provider', start, loopback(ports.identity));
    return registered;
  }

  async services(
    databases: ReadonlyMap<string, ServiceUrls>,
    { brokers, tls }: BrokerAddress,
  ): Promise<void> {
    const { directory, deployment, ports, reporter, supervisor } = this.options;
    const unitKeys = unitKeysIn(directory);
    writeUnitKeys(unitKeys, deployment.units);
    const start = (service: string) => (): Promise<ManagedProcess> => {
      const urls = databases.get(service);
      const port = ports.services[service];
      if (!urls || port === undefined) throw new Error(`${service} has no database or no port`);
      const kafka = { brokers, password: this.kafkaPassword(service), tls };
      const env = serviceEnvironment({
        ...{ service, port, urls, kafka, unitKeys },
        issuer: loopback(ports.identity),
        catalogue: deployment.catalogue,
        cursorKey: issuesCursors(service) ? this.secrets.key(cursorSecretOf(service)) : undefined,
      });
      return startService({ service, port, env, ...this.log(service) });
    };
    await reporter.step(
      'services',
      () =>
        allOrThrow(
          ...deployment.services.map((service) => supervisor.keep(STAGE.services, service, start(service))),
        ),
      () => deployment.services.join(', '),
    );
  }

  /** Starts the desk after the units, whose staff APIs it calls. */
  async desk(databases: ReadonlyMap<string, ServiceUrls>, { desk }: DevelopmentClients): Promise<void> {
    const { deployment, ports } = this.options;
    const urls = databases.get(DESK);
    const port = ports.services[DESK];
    if (!urls || port === undefined || !desk) throw new Error('the desk has no database, port or client');
    const env = deskEnvironment({
      ...{ port, urls },
      issuer: loopback(ports.identity),
      units: Object.fromEntries(deployment.units.map((unit) => [unit, loopback(ports.services[unit] ?? 0)])),
      intake: loopback(ports.services['intake'] ?? 0),
      clientKeyFile: desk.keyFile,
      sessionKey: this.secrets.key('desk sessions'),
    });
    const start = (): Promise<ManagedProcess> =>
      startService({ service: DESK, port, env, ...this.log(DESK) });
    const { reporter, supervisor } = this.options;
    await reporter.step(
      'desk',
      () => supervisor.keep(STAGE.desk, DESK, start),
      () => loopback(port),
    );
  }

  async simulator(runFile: string): Promise<void> {
    const start = async (): Promise<ManagedProcess> => {
      const child = await startChild({
        name: 'simulator',
        command: process.execPath,
        args: [...NODE_FLAGS, mainOf('simulator')],
        env: { CONCORDAT_RUN: runFile },
        ...this.log('simulator'),
      });
      return { process: child, stop: () => child.stop() };
    };
    await this.keep(
      'simulator',
      'simulator',
      start,
      'plays forces and staff, also for your own requests; --quiet-forces leaves it out',
    );
  }

  private async keep(
    stage: keyof typeof STAGE,
    name: string,
    start: () => Promise<ManagedProcess>,
    detail: string,
  ): Promise<void> {
    const { reporter, supervisor } = this.options;
    await reporter.step(
      name,
      () => supervisor.keep(STAGE[stage], stage, start),
      () => detail,
    );
  }

  private log(name: string): { logFile: string; onLine?: (line: string) => void } {
    const { onLine } = this.options;
    const logFile = join(this.logs, `${name}.log`);
    return onLine
      ? {
          logFile,
          onLine: (line) => {
            onLine(name, line);
          },
        }
      : { logFile };
  }
}

/**
 * Reads the broker of KAFKA_BROKERS, with a super user in KAFKA_USERNAME and KAFKA_PASSWORD (SCRAM-SHA-512).
 */
function externalBrokerFrom({
  KAFKA_BROKERS,
  KAFKA_USERNAME,
  KAFKA_PASSWORD,
  KAFKA_TLS,
}: Environment): BrokerAddress | undefined {
  if (!KAFKA_BROKERS) return undefined;
  if (!KAFKA_USERNAME || !KAFKA_PASSWORD) {
    throw new CannotStart(
      'KAFKA_BROKERS is set, so KAFKA_USERNAME and KAFKA_PASSWORD are needed as well: a super user (SCRAM-SHA-512) that may create users, topics and access lists.',
    );
  }
  return {
    brokers: KAFKA_BROKERS.split(','),
    username: KAFKA_USERNAME,
    password: KAFKA_PASSWORD,
    tls: KAFKA_TLS === 'on',
  };
}

/**
 * Like Promise.all, but waits for all before it throws. Only then are all started processes known, so that
 * all can be stopped.
 */
export async function allOrThrow<Results extends readonly unknown[]>(
  ...work: { [Index in keyof Results]: Promise<Results[Index]> }
): Promise<Results> {
  const settled = await Promise.allSettled(work);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as Results;
}
