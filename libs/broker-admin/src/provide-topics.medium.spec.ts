import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicsOf } from '#contracts';
import { readTopic } from '#messaging';
import { adminKafka, deleteTopics, testParts, uniqueSlug } from '#testing';
import { provideTopics } from './provision.ts';

const HOUR_MS = 3_600_000;
const force = uniqueSlug('north');
const topics = topicsOf({ forces: [force], sandboxes: [], units: [] }).filter(({ name }) =>
  name.includes(force),
);
const kafka = adminKafka();

/** Stamped by each sender's own clock; returns the stamps that the topic keeps. */
async function stamps(topic: string, senders: readonly number[]): Promise<number[]> {
  const producer = kafka.producer();
  await producer.connect();
  try {
    for (const at of senders) {
      await producer.send({ topic, messages: [{ key: 'one', value: '{}', timestamp: String(at) }] });
    }
  } finally {
    await producer.disconnect();
  }
  const { kafkaAdmin, kafkaBrokers } = testParts();
  const settings = { ...kafkaAdmin, brokers: kafkaBrokers.split(','), tls: false, clientId: 'test-stamps' };
  return (await readTopic(settings, topic, `concordat.${force}.`)).map(({ timestamp }) => Number(timestamp));
}

describe('a topic as it is provided', () => {
  beforeAll(async () => {
    const admin = kafka.admin();
    await admin.connect();
    await provideTopics(admin, topics);
    await admin.disconnect();
  });
  afterAll(() => deleteTopics(topics.map(({ name }) => name)));

  it.each(topics.map(({ name }) => name))(
    'takes what a sender says whose clock is wrong, and keeps it by the broker’s own: %s',
    async (topic) => {
      const before = Date.now();
      const kept = await stamps(topic, [before + 2 * HOUR_MS, before - 1_000 * HOUR_MS]);
      expect(kept).toHaveLength(2);
      for (const stamp of kept) {
        expect(stamp).toBeGreaterThanOrEqual(before);
        expect(stamp).toBeLessThanOrEqual(Date.now());
      }
    },
  );
});
