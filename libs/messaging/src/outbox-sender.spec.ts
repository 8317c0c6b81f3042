import { afterEach, expect, it, jest } from '@jest/globals';
import kafkajs, { type Producer, type ProducerBatch, type ProducerConfig } from 'kafkajs';
import { KafkaSender } from './outbox-sender.ts';

const settings = {
  brokers: ['none:1'],
  username: '',
  password: '',
  tls: false,
  clientId: 'sender-spec',
  log: () => undefined,
};
const row = (key: string): Parameters<KafkaSender['send']>[0][number] => ({
  topic: 't',
  key,
  headers: {},
  value: key,
});

/**
 * Two leaders; the first send finds that the partition of `moved` has gone from one to the other. The
 * library, left to retry by itself, asks only brokers without an answer, and there are none left: it tells of
 * a success.
 */
function clusterWhoseLeaderMoves(): readonly string[] {
  const written: string[] = [];
  let sends = 0;
  jest.spyOn(kafkajs.Kafka.prototype, 'producer').mockImplementation((config?: ProducerConfig) => {
    const sendBatch = async ({ topicMessages = [] }: ProducerBatch): Promise<void> => {
      const keys = topicMessages.flatMap(({ messages }) => messages.map(({ key }) => String(key)));
      sends += 1;
      written.push(...keys.filter((key) => sends > 1 || key !== 'moved'));
      if (sends === 1 && config?.retry?.retries === 0)
        throw new kafkajs.KafkaJSNumberOfRetriesExceeded(new Error('not the leader'), {
          retryCount: 0,
          retryTime: 0,
        });
    };
    const nothing = async (): Promise<void> => undefined;
    return { connect: nothing, disconnect: nothing, sendBatch } as unknown as Producer;
  });
  return written;
}

afterEach(() => void jest.restoreAllMocks());

it('loses nothing when a partition moves to a broker that has answered for others', async () => {
  const written = clusterWhoseLeaderMoves();
  const sender = new KafkaSender(settings);
  await sender.connect();
  await sender.send([row('stays'), row('moved')]);
  expect(written).toContain('moved');
});
