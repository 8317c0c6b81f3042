import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicsOf } from '#contracts';
import { readTopic } from '#messaging';
import { adminKafka, deleteTopics, testServers, uniqueSlug } from '#testing';
import { provideTopics } from './provision.ts';

const HOUR_MS = 3_600_000;
const force = uniqueSlug('north');
const topics = topicsOf({ forces: [force], sandboxes: [], units: [] }).filter(({ name }) =>
  name.includes(force),
);
const kafka = adminKafka();

/** Sends a message for each sender's clock, and returns the timestamps that the topic keeps. */
async function keptTimestamps(topic: string, senderClocks: readonly number[]): Promise<number[]> {
  const producer = kafka.producer();
  await producer.connect();
  try {
    for (const at of senderClocks) {
      await producer.send({ topic, messages: [{ key: 'one', value: '{}', timestamp: String(at) }] });
    }
  } finally {
    await producer.disconnect();
  }
  const { kafkaAdmin, kafkaBrokers } = testServers();
  const settings = { ...kafkaAdmin, brokers: kafkaBrokers.split(','), tls: false, clientId: 'test-stamps' };
  return (await readTopic(settings, topic, `concordat.${force}.`)).map(({ timestamp }) => Number(timestamp));
}

describe('a provided topic', () => {
  beforeAll(async () => {
    const admin = kafka.admin();
    await admin.connect();
    await provideTopics(admin, topics);
    await admin.disconnect();
  });
  afterAll(() => deleteTopics(topics.map(({ name }) => name)));

  it.each(topics.map(({ name }) => name))(
    'accepts messages from senders with a wrong clock, and stamps them with the broker’s time: %s',
    async (topic) => {
      const before = Date.now();
      const kept = await keptTimestamps(topic, [before + 2 * HOUR_MS, before - 1_000 * HOUR_MS]);
      expect(kept).toHaveLength(2);
      for (const stamp of kept) {
        expect(stamp).toBeGreaterThanOrEqual(before);
        expect(stamp).toBeLessThanOrEqual(Date.now());
      }
    },
  );
});
