import { join } from 'node:path';
import { kafkaBoundsFrom, provisionKafka, type BrokerAddress } from '#broker-admin';
import { startChild } from './child.ts';
import { provideDatabases, type ServiceUrls } from './databases.ts';
import { writeDevelopmentClients, type DevelopmentClients } from './identity-provider-clients.ts';
import { fetchKafka, newClusterId, startKafka } from './kafka.ts';
import {
  cursorSecretOf,
  givesCursors,
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
import { MigratedNote, migrateService, NODE_FLAGS, startService, untilAnswers } from './services.ts';
import { type Part, type Supervisor } from './supervisor.ts';
import { unitKeysIn, writeUnitKeys } from './unit-keys.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface LocalPartsOptions {
  readonly directory: string;
  readonly deployment: Deployment;
  readonly ports: Ports;
  readonly reporter: Reporter;
  readonly supervisor: Supervisor;
  readonly env: Environment;
  readonly onLine?: (part: string, line: string) => void;
  readonly shape?: Shape;
}

/** Which parts end before which: the highest stage is stopped first. */
const STAGE = { postgres: 0, kafka: 1, identity: 2, services: 3, simulator: 4 } as const;

/** Each method brings one part up, as one named step; stack.ts says in which order. */
export class LocalParts {
  readonly logs: string;
  private readonly options: LocalPartsOptions;
  private readonly secrets: Secrets;

  constructor(options: LocalPartsOptions) {
    this.options = options;
    this.logs = join(options.directory, 'logs');
    this.secrets = new Secrets(join(options.directory, 'secrets.json'));
  }

  readonly kafkaPassword = (principal: string): string => this.secrets.password(`kafka ${principal}`);

  /** The connection string of one who may create roles and databases: of our own cluster, or of DATABASE_URL. */
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
        provideDatabases(adminUrl, deployment.services, (role) => this.secrets.password(`postgres ${role}`)),
      (made) => `${String(made.size)} databases, an owner and an application role each`,
    );
  }

  /** All services at once; passed over when this build has migrated these databases before. */
  async migrations(databases: ReadonlyMap<string, ServiceUrls>): Promise<void> {
    const { reporter, env, directory, deployment } = this.options;
    const note = env['DATABASE_URL']
      ? undefined
      : new MigratedNote(join(directory, 'postgres'), deployment.services);
    if (note?.holds()) return;
    await reporter.step('migrations', () =>
      Promise.all([...databases].map(([service, urls]) => migrateService(service, urls))),
    );
    note?.write();
  }

  /** The address and super user of our own broker, or of KAFKA_BROKERS. */
  async kafka(): Promise<BrokerAddress> {
    const { env, reporter } = this.options;
    const theirs = brokerOf(env);
    if (theirs) return theirs;
    const libraries = join(ROOT, '.data/kafka-libs');
    await reporter.step(
      'Apache Kafka jars',
      () => fetchKafka(libraries),
      (fetched) => (fetched ? 'fetched by Maven' : 'there'),
    );
    const brokers = await reporter.step(
      'Kafka',
      () => this.brokers(libraries),
      (addresses) => addresses.join(', '),
    );
    return { brokers, username: 'admin', password: this.kafkaPassword('admin'), tls: false };
  }

  /** All at once: of several brokers none is up before most are. */
  private async brokers(libraries: string): Promise<string[]> {
    const { directory, ports, shape, supervisor } = this.options;
    const nodes = Array.from({ length: shape?.brokers ?? 1 }, (_, index) => index);
    const cluster = {
      id: newClusterId(),
      controllerPorts: nodes.map((index) => ports.kafkaController + 2 * index),
    };
    const addresses = await together(
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

  /** Users, topics and access lists, all derived from the contracts. */
  async access(broker: BrokerAddress): Promise<void> {
    await this.options.reporter.step(
      'Kafka users, topics, access',
      () =>
        provisionKafka(
          broker,
          this.options.deployment,
          this.kafkaPassword,
          kafkaBoundsFrom(this.options.env),
        ),
      (made) =>
        `${String(made.principals)} users, ${String(made.topics)} topics, ${String(made.rules)} access rules`,
    );
  }

  /** A development identity provider, and a sign-in per force and per role of every unit. */
  async identity(): Promise<DevelopmentClients> {
    const { directory, deployment, ports } = this.options;
    const made = await writeDevelopmentClients({ dir: directory, ...deployment });
    const start = async (): Promise<Part> => {
      const child = await startChild({
        name: 'identity provider',
        command: process.execPath,
        args: [...NODE_FLAGS, join(ROOT, 'deploy/local/identity-provider.ts')],
        env: {
          PORT: String(ports.identity),
          HOST: '127.0.0.1',
          CLIENTS_FILE: made.clientsFile,
          DATA_DIR: directory,
        },
        ...this.log('identity'),
      });
      await untilAnswers(child, `${loopback(ports.identity)}/.well-known/openid-configuration`);
      return { process: child, stop: () => child.stop() };
    };
    await this.keep('identity', 'identity provider', start, loopback(ports.identity));
    return made;
  }

  async services(
    databases: ReadonlyMap<string, ServiceUrls>,
    { brokers, tls }: BrokerAddress,
  ): Promise<void> {
    const { directory, deployment, ports, reporter, supervisor } = this.options;
    const unitKeys = unitKeysIn(directory);
    writeUnitKeys(unitKeys, deployment.units);
    const start = (service: string) => (): Promise<Part> => {
      const urls = databases.get(service);
      const port = ports.services[service];
      if (!urls || port === undefined) throw new Error(`${service} has no database or no port`);
      const kafka = { brokers, password: this.kafkaPassword(service), tls };
      return startService({
        service,
        port,
        urls,
        kafka,
        issuer: loopback(ports.identity),
        catalogue: deployment.catalogue,
        unitKeys,
        cursorKey: givesCursors(service) ? this.secrets.key(cursorSecretOf(service)) : undefined,
        ...this.log(service),
      });
    };
    await reporter.step(
      'services',
      () =>
        together(
          ...deployment.services.map((service) => supervisor.keep(STAGE.services, service, start(service))),
        ),
      () => deployment.services.join(', '),
    );
  }

  async simulator(runFile: string): Promise<void> {
    const start = async (): Promise<Part> => {
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
      'forces submit and reply, staff work, on your requests as well; --quiet-forces leaves it out',
    );
  }

  private async keep(
    stage: keyof typeof STAGE,
    name: string,
    start: () => Promise<Part>,
    detail: string,
  ): Promise<void> {
    const { reporter, supervisor } = this.options;
    await reporter.step(
      name,
      () => supervisor.keep(STAGE[stage], stage, start),
      () => detail,
    );
  }

  private log(part: string): { logFile: string; onLine?: (line: string) => void } {
    const { onLine } = this.options;
    const logFile = join(this.logs, `${part}.log`);
    return onLine
      ? {
          logFile,
          onLine: (line) => {
            onLine(part, line);
          },
        }
      : { logFile };
  }
}

/** Someone's own Kafka: KAFKA_BROKERS, and a super user in KAFKA_USERNAME and KAFKA_PASSWORD (SCRAM-SHA-512). */
function brokerOf({
  KAFKA_BROKERS,
  KAFKA_USERNAME,
  KAFKA_PASSWORD,
  KAFKA_TLS,
}: Environment): BrokerAddress | undefined {
  if (!KAFKA_BROKERS) return undefined;
  if (!KAFKA_USERNAME || !KAFKA_PASSWORD) {
    throw new CannotStart(
      'KAFKA_BROKERS is set: set KAFKA_USERNAME and KAFKA_PASSWORD as well, of a super user (SCRAM-SHA-512) that may create users, topics and access lists.',
    );
  }
  return {
    brokers: KAFKA_BROKERS.split(','),
    username: KAFKA_USERNAME,
    password: KAFKA_PASSWORD,
    tls: KAFKA_TLS === 'on',
  };
}

/** Like Promise.all, but waits for all before it throws: what is still coming up must be known to be stopped. */
export async function together<Results extends readonly unknown[]>(
  ...work: { [Index in keyof Results]: Promise<Results[Index]> }
): Promise<Results> {
  const settled = await Promise.allSettled(work);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as Results;
}
