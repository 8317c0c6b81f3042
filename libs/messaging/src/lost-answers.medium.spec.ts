import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createRequire } from 'node:module';
import kafkajs from 'kafkajs';
import { createTopics, deleteTopics, testServers, uniqueSlug } from '#testing';
import type { KafkaSettings } from './kafka-client.ts';
import { readTopic } from './kafka-port.ts';
import { KafkaSender } from './outbox-sender.ts';

/** The library's own, by which every producer sends. */
interface Broker {
  produce: (this: Broker, call: object) => Promise<unknown>;
}
const { prototype: broker } = createRequire(import.meta.url)('kafkajs/src/broker') as { prototype: Broker };

const topic = uniqueSlug('lost-answers');
const { kafkaAdmin, kafkaBrokers } = testServers();
const settings: KafkaSettings = {
  ...{ brokers: kafkaBrokers.split(','), username: kafkaAdmin.username, password: kafkaAdmin.password },
  ...{ tls: false, clientId: topic, log: () => undefined },
};
const row = (value: string) => ({ topic, key: null, headers: {}, value });

describe('a sender that found no broker when it was to connect', () => {
  beforeAll(() => createTopics([topic], 1));
  afterAll(() => deleteTopics([topic]));

  // A relay connects anew after a topic was refused, and not again: the broker that it is given first may be
  // the one that is down.
  it('connects by itself when it sends', async () => {
    const moving = { ...settings, brokers: ['127.0.0.1:1'] };
    const sender = new KafkaSender(moving);
    await expect(sender.connect()).rejects.toThrow();
    await expect(sender.send([row('too soon')])).rejects.toThrow();
    moving.brokers = settings.brokers as string[];
    try {
      await Promise.all([sender.send([row('one')]), sender.send([row('two')])]);
    } finally {
      await sender.disconnect();
    }
    const values = (await readTopic(settings, topic, '')).map(({ value }) => value?.toString('utf8'));
    expect(new Set(values)).toEqual(new Set(['one', 'two']));
    await expect(sender.send([row('after the end')])).rejects.toThrow('not connected');
  });
});

describe('the broker has a message, and its answer is lost while another send to the same partition waits', () => {
  beforeAll(() => createTopics([topic], 1));
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(() => deleteTopics([topic]));

  // An idempotent producer of this library gives the waiting send the number of the first: the broker takes
  // it for a repeat.
  it('then both are there', async () => {
    const sender = new KafkaSender(settings);
    await sender.connect();
    try {
      const { produce } = broker;
      jest.spyOn(broker, 'produce').mockImplementationOnce(async function (this: Broker, call) {
        await produce.call(this, call);
        throw new kafkajs.KafkaJSRequestTimeoutError('the answer was lost', {} as never);
      });
      await Promise.all([sender.send([row('first')]), sender.send([row('second')])]);
    } finally {
      await sender.disconnect();
    }
    const values = (await readTopic(settings, topic, '')).map(({ value }) => value?.toString('utf8'));
    expect(new Set(values)).toEqual(new Set(['first', 'second']));
  });
});
