import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import kafkajs from 'kafkajs';
import pg from 'pg';
import { startTestParts, type TestParts } from '../deploy/local/parts.ts';

/** The one PostgreSQL and the one Kafka that ours and every peer run on. */
export interface BenchParts {
  readonly parts: TestParts;
  /** An empty database of the superuser, for a peer; its connection string. */
  database(name: string): Promise<string>;
  /** Six partitions, like ours. */
  topics(names: readonly string[]): Promise<void>;
  /** What every peer needs to reach Kafka, as environment. */
  readonly kafkaEnvironment: Readonly<Record<string, string>>;
  /** Planner's figures and visibility after a warm-up, so that no round pays for another's. */
  settle(databaseUrl: string): Promise<void>;
  versions(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts parts of the bench's own, or attaches to those a file describes. */
export async function benchParts(partsFile: string | undefined): Promise<BenchParts> {
  const own = partsFile === undefined ? await startTestParts(resolve(import.meta.dirname, '../.data/bench')) : undefined;
  const parts = own?.parts ?? (JSON.parse(readFileSync(partsFile as string, 'utf8')) as TestParts);
  const { username, password } = parts.kafkaAdmin;
  const kafka = new kafkajs.Kafka({
    clientId: 'bench',
    brokers: parts.kafkaBrokers.split(','),
    sasl: { mechanism: 'scram-sha-512', username, password },
    logLevel: kafkajs.logLevel.ERROR,
  });
  const query = async (url: string, text: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  const made: { databases: string[]; topics: string[] } = { databases: [], topics: [] };
  return {
    parts,
    async database(name) {
      await query(parts.pgUrl, `drop database if exists ${name} with (force)`);
      await query(parts.pgUrl, `create database ${name}`);
      made.databases.push(name);
      return parts.pgUrl.replace(/\/postgres$/, `/${name}`);
    },
    async topics(names) {
      const admin = kafka.admin();
      await admin.connect();
      await admin.createTopics({ waitForLeaders: true, topics: names.map((topic) => ({ topic, numPartitions: 6, replicationFactor: 1 })) });
      await admin.disconnect();
      made.topics.push(...names);
    },
    kafkaEnvironment: { KAFKA_BROKERS: parts.kafkaBrokers, KAFKA_USERNAME: username, KAFKA_PASSWORD: password },
    settle: async (databaseUrl) => void (await query(databaseUrl, 'vacuum analyze')),
    async versions() {
      const [row] = await query(
        parts.pgUrl,
        `select current_setting('server_version') as version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
      );
      return `PostgreSQL ${String(row?.['version'])} (fsync ${String(row?.['fsync'])}, synchronous_commit ${String(row?.['commit'])}), Apache Kafka 4.3.1 (one broker, acks from all replicas)`;
    },
    async stop() {
      if (own) return own.stop();
      // Parts that others use as well are left as they were found.
      for (const name of made.databases) await query(parts.pgUrl, `drop database if exists ${name} with (force)`);
      if (made.topics.length > 0) {
        const admin = kafka.admin();
        await admin.connect();
        await admin.deleteTopics({ topics: made.topics });
        await admin.disconnect();
      }
    },
  };
}
