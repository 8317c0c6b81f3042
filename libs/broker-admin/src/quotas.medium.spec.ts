import kafkajs, { type Kafka } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forceEventsTopic, forcePrincipal, forceRequestsTopic, topicsOf } from '#contracts';
import { adminKafka, createTopics, deleteTopics, eventually, testParts, uniqueSlug } from '#testing';
import { aclOf } from './access.ts';
import { provideTopics } from './provision.ts';
import { setProduceQuotas } from './quotas.ts';
import { setScramUsers } from './scram-users.ts';

const [bounded, free] = [uniqueSlug('north'), uniqueSlug('south')] as const;
const anyTopic = uniqueSlug('quota');
const topology = { forces: [bounded, free], units: [] };
const topics = topicsOf(topology).filter(({ force }) => force !== undefined);
const { kafkaAdmin, kafkaBrokers } = testParts();
const address = { brokers: kafkaBrokers.split(','), ...kafkaAdmin, tls: false };
const PASSWORD = 'only-for-this-test';

/** How long the broker holds a force back after it has sent 200 kB at once. */
async function heldBackMs(force: string): Promise<number> {
  const kafka: Kafka = new kafkajs.Kafka({
    brokers: address.brokers,
    sasl: { mechanism: 'scram-sha-512', username: forcePrincipal(force), password: PASSWORD },
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const producer = kafka.producer();
  await producer.connect();
  try {
    const message = { key: 'one', value: Buffer.alloc(200_000) };
    // A new user and a new rule take a moment to be known.
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
    // Another test provisions the same broker, which takes away rules about topics of forces: this topic is none.
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

  it('is held back when it sends more, while another force is not; without the quota it is not either', async () => {
    // The broker counts over ten seconds: 200 kB are more than 16 kB a second, and take some two and a half seconds more.
    const held = await heldBackMs(bounded);
    const other = await heldBackMs(free);
    expect(held).toBeGreaterThan(other);
    expect(held).toBeGreaterThan(500);
    await setProduceQuotas(adminKafka(), new Map([[forcePrincipal(bounded), undefined]]));
    expect(await heldBackMs(bounded)).toBeLessThan(held);
  });

  it('keeps on its requests topic no more than is set, and everything when nothing is set', async () => {
    const admin = adminKafka().admin();
    await admin.connect();
    try {
      await provideTopics(admin, topics, { requestsBytesMax: 50_000_000 });
      const [requests, events] = [forceRequestsTopic(bounded), forceEventsTopic(bounded)];
      await eventually(async () => (await bytesKept(requests)) === '50000000', {
        says: 'the bound of the requests topic',
      });
      expect(await bytesKept(events)).toBe('-1');
      await provideTopics(admin, topics);
      await eventually(async () => (await bytesKept(requests)) === '-1', { says: 'no bound any more' });
    } finally {
      await admin.disconnect();
    }
  });
});
