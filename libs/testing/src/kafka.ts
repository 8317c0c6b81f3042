import { randomBytes } from 'node:crypto';
import kafkajs, { type Admin, type Kafka as KafkaClient } from 'kafkajs';
import type { AccessRule } from '#contracts';
import { aclOf, createTopics as createWithLeaders, setScramUsers } from '#broker-admin';
import { testServers } from './test-servers.ts';

/** Connects to the test broker as its super user, which no access list binds. */
export function adminKafka(): KafkaClient {
  const { kafkaAdmin } = testServers();
  return kafkaAs(kafkaAdmin.username, kafkaAdmin.password);
}

/** Connects to the test broker as the given user. */
export function kafkaAs(username: string, password: string): KafkaClient {
  return new kafkajs.Kafka({
    clientId: `test-${username}`,
    brokers: testServers().kafkaBrokers.split(','),
    sasl: { mechanism: 'scram-sha-512', username, password },
    logLevel: kafkajs.logLevel.NOTHING,
  });
}

/** Creates topics for a test. Each has a leader when this returns; an existing topic stays unchanged. */
export async function createTopics(names: readonly string[], partitions = 6): Promise<void> {
  const topics = names.map((topic) => ({ topic, numPartitions: partitions, replicationFactor: 1 }));
  await withAdmin((admin) => createWithLeaders(admin, topics));
}

export async function deleteTopics(names: readonly string[]): Promise<void> {
  await withAdmin((admin) => admin.deleteTopics({ topics: [...names] }));
}

/** Creates users without rights and returns their passwords by name. */
export async function createKafkaUsers(names: readonly string[]): Promise<Map<string, string>> {
  const passwords = new Map(names.map((name) => [name, randomBytes(16).toString('hex')]));
  await setScramUsers(adminKafka(), passwords);
  return passwords;
}

/** Adds access rules. Everything else stays denied. */
export async function grantAccess(rules: readonly AccessRule[]): Promise<void> {
  if (rules.length > 0) await withAdmin((admin) => admin.createAcls({ acl: rules.map(aclOf) }));
}

async function withAdmin<Result>(work: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = adminKafka().admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
