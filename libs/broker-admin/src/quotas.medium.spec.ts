import kafkajs, { type Kafka } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forceEventsTopic, forcePrincipal, forceRequestsTopic, topicsOf } from '#contracts';
import { adminKafka, createTopics, deleteTopics, eventually, testServers, uniqueSlug } from '#testing';
import { aclOf } from './access.ts';
import { provideTopics } from './provision.ts';
import { setProduceQuotas } from './quotas.ts';
import { setScramUsers } from './scram-users.ts';

const [bounded, free] = [uniqueSlug('north'), uniqueSlug('south')] as const;
const anyTopic = uniqueSlug('quota');
const topology = { forces: [bounded, free], units: [] };
const topics = topicsOf(topology).filter(({ force }) => force !== undefined);
const { kafkaAdmin, kafkaBrokers } = testServers();
const address = { brokers: kafkaBrokers.split(','), ...kafkaAdmin, tls: false };
const PASSWORD = 'only-for-this-test';

/** Measures how long the broker delays a force after it has sent 200 kB at once. */
async function delayMs(force: string): Promise<number> {
  const kafka: Kafka = new kafkajs.Kafka({
    brokers: address.brokers,
    sasl: { mechanism: 'scram-sha-512', username: forcePrincipal(force), password: PASSWORD },
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const producer = kafka.producer();
  await producer.connect();
  try {
    const message = { key: 'one', value: Buffer.alloc(200_000) };
    // The broker needs a moment to know a new user and a new rule.
    await eventually(() =>
      producer.send({ topic: anyTopic, messages: [message] }).then(
        () => true,
        () => false,
      ),
    );
    const began = performance.now();
    await producer.send({ topic: anyTopic, messages: [{ key: 'one', value: 'small' }] });
    return performance.now() - began;
  } finally {
    await producer.disconnect();
  }
}

async function bytesKept(topic: string): Promise<string | undefined> {
  const admin = adminKafka().admin();
  await admin.connect();
  try {
    const { resources } = await admin.describeConfigs({
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.bytes'] }],
      includeSynonyms: false,
    });
    return resources[0]?.configEntries[0]?.configValue;
  } finally {
    await admin.disconnect();
  }
}

describe('a force with a quota at the broker', () => {
  beforeAll(async () => {
    // Another test provisions the same broker and removes rules about topics of forces, so this topic belongs
    // to no force.
    await setScramUsers(
      adminKafka(),
      new Map([bounded, free].map((force) => [forcePrincipal(force), PASSWORD])),
    );
    await setProduceQuotas(adminKafka(), new Map([[forcePrincipal(bounded), 16_000]]));
    const admin = adminKafka().admin();
    await admin.connect();
    await provideTopics(admin, topics);
    await createTopics([anyTopic], 1);
    const rules = [bounded, free].map((force) =>
      aclOf({
        principal: forcePrincipal(force),
        resource: 'topic',
        name: anyTopic,
        match: 'literal',
        operation: 'write',
      }),
    );
    await admin.createAcls({ acl: rules });
    await admin.disconnect();
  });
  afterAll(() => deleteTopics([anyTopic, ...topics.map(({ name }) => name)]));

  it('is delayed when it exceeds the quota, unlike another force, and no longer once the quota is removed', async () => {
    // The broker counts over ten seconds. 200 kB are more than ten times 16 kB, so it adds about two and a
    // half seconds.
    const limited = await delayMs(bounded);
    const other = await delayMs(free);
    expect(limited).toBeGreaterThan(other);
    expect(limited).toBeGreaterThan(500);
    await setProduceQuotas(adminKafka(), new Map([[forcePrincipal(bounded), undefined]]));
    expect(await delayMs(bounded)).toBeLessThan(limited);
  });

  it('has its requests topic limited to the set size, and unlimited when none is set', async () => {
    const admin = adminKafka().admin();
    await admin.connect();
    try {
      await provideTopics(admin, topics, { requestsBytesMax: 50_000_000 });
      const [requests, events] = [forceRequestsTopic(bounded), forceEventsTopic(bounded)];
      await eventually(async () => (await bytesKept(requests)) === '50000000', {
        says: 'the limit of the requests topic',
      });
      expect(await bytesKept(events)).toBe('-1');
      await provideTopics(admin, topics);
      await eventually(async () => (await bytesKept(requests)) === '-1', { says: 'no limit any more' });
    } finally {
      await admin.disconnect();
    }
  });
});
