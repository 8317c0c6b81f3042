import { rmSync } from 'node:fs';
import { join } from 'node:path';
import kafkajs from 'kafkajs';
import pg from 'pg';
import { createTopics } from '#broker-admin';
import { terminalReporter } from '../../deploy/local/reporter.ts';
import type { RunningStack } from '#client';
import { Secrets } from '../../deploy/local/secrets.ts';
import { startStack, type Stack } from '../../deploy/local/stack.ts';
import { databaseNames, ROOT } from '../../deploy/local/deployment.ts';
import { migrateService } from '../../deploy/local/services.ts';

/**
 * These ports differ from those of `npm start`, which may run at the same time but then falsifies the
 * measurements.
 */
const PORT_BASE = 9300;
export const BENCH_DATA = join(ROOT, '.data/bench');

/** The running Concordat, with the PostgreSQL and the Kafka that it shares with every peer. */
export interface BenchStack {
  readonly run: RunningStack;
  /** The superuser's connection string for a database. */
  urlOf(database: string): string;
  /** Creates an empty database for a peer and returns its connection string. */
  createDatabase(name: string): Promise<string>;
  /**
   * Creates a database with the schema and the roles of one of our services. Returns the service's connection
   * string.
   */
  createServiceDatabase(name: string, service: string): Promise<string>;
  query(url: string, text: string): Promise<Record<string, unknown>[]>;
  /** Creates topics with six partitions, as ours have. */
  createTopics(names: readonly string[]): Promise<void>;
  /** The environment variables that a peer needs to reach Kafka. */
  readonly kafkaEnvironment: Readonly<Record<string, string>>;
  /** Vacuums and analyses a database after a warm-up, so that no round pays for the work of another. */
  settle(databaseUrl: string): Promise<void>;
  /** Stops the stack, does the work, and starts again on the same data with these additional variables. */
  restart(env?: Readonly<Record<string, string>>, whileStopped?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a new stack without the simulator, in the benchmark's own data directory. */
export async function startBenchStack(): Promise<BenchStack> {
  const dataDirectory = BENCH_DATA;
  rmSync(dataDirectory, { recursive: true, force: true });
  const start = (): Promise<Stack> =>
    startStack({ dataDirectory, portBase: PORT_BASE, quietForces: true, reporter: terminalReporter() });
  let stack = await start();
  const secrets = new Secrets(join(dataDirectory, 'secrets.json'));
  const username = 'admin';
  const password = secrets.password('kafka admin');
  const kafka = new kafkajs.Kafka({
    clientId: 'bench',
    brokers: [...stack.run.kafka.brokers],
    sasl: { mechanism: 'scram-sha-512', username, password },
    logLevel: kafkajs.logLevel.ERROR,
  });
  const urlOf = (database: string, role = 'postgres', secret = secrets.password('postgres')): string =>
    `postgres://${role}:${secret}@127.0.0.1:${String(stack.run.postgres.port)}/${database}`;
  const query = async (url: string, text: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    get run() {
      return stack.run;
    },
    urlOf,
    query,
    async createDatabase(name) {
      await query(urlOf('postgres'), `create database ${name}`);
      return urlOf(name);
    },
    async createServiceDatabase(name, service) {
      const { owner, application } = databaseNames(service);
      await query(urlOf('postgres'), `create database ${name} owner ${owner}`);
      const urlAs = (role: string): string => urlOf(name, role, secrets.password(`postgres ${role}`));
      await migrateService(service, { migrationUrl: urlAs(owner) });
      return urlAs(application);
    },
    async createTopics(names) {
      const admin = kafka.admin();
      await admin.connect();
      await createTopics(
        admin,
        names.map((topic) => ({ topic, numPartitions: 6, replicationFactor: 1 })),
      );
      await admin.disconnect();
    },
    kafkaEnvironment: {
      KAFKA_BROKERS: stack.run.kafka.brokers.join(','),
      KAFKA_USERNAME: username,
      KAFKA_PASSWORD: password,
    },
    settle: async (databaseUrl) => void (await query(databaseUrl, 'vacuum analyze')),
    async restart(env = {}, whileStopped = async () => undefined) {
      await stack.stop();
      await whileStopped();
      // Services inherit the environment of this process.
      const before = Object.keys(env).map((name) => [name, process.env[name]] as const);
      Object.assign(process.env, env);
      try {
        stack = await start();
      } finally {
        for (const [name, value] of before) {
          if (value === undefined) delete process.env[name];
          else process.env[name] = value;
        }
      }
    },
    stop: () => stack.stop(),
  };
}
