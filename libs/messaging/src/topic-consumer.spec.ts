import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import kafkajs, { type ConsumerRunConfig, type EachBatchPayload } from 'kafkajs';
import { KafkaTransport } from './kafka-transport.ts';
import { TopicConsumer } from './topic-consumer.ts';

const subscription = { pattern: 'p', topic: 't', groupId: 'g', fromBeginning: true } as const;
type Listener = (event: { payload: Record<string, unknown> }) => void;

/** A client that joins at once and whose events the test fires; `connect` may fail as without a broker. */
function fakeConsumer(
  connect: () => Promise<void> = async () => undefined,
  keep: () => Promise<void> = async () => undefined,
) {
  const listeners = new Map<string, Listener>();
  const events = { GROUP_JOIN: 'join', FETCH: 'fetch', CRASH: 'crash', END_BATCH_PROCESS: 'end' };
  const plain = async (): Promise<void> => undefined;
  let running: ConsumerRunConfig = {};
  const client = {
    connect,
    subscribe: plain,
    run: async (config: ConsumerRunConfig) => void (running = config),
    disconnect: plain,
    events,
    on: (name: string, on: Listener) => listeners.set(name, on),
  };
  const deaths: string[] = [];
  const consumer = new TopicConsumer({
    kafka: { consumer: () => client } as unknown as kafkajs.Kafka,
    subscription,
    handle: plain,
    deadLetters: { keep },
    isTransient: () => false,
    failpoint: () => undefined,
    log: () => undefined,
    onDead: (reason) => void deaths.push(reason),
  });
  const fire = (name: string, payload: Record<string, unknown> = {}): void =>
    listeners.get(name)?.({ payload });
  const give = (payload: Partial<EachBatchPayload>): Promise<void> =>
    running.eachBatch?.(payload as EachBatchPayload) ?? plain();
  return { consumer, deaths, fire, give, join: () => fire('join', { memberAssignment: { t: [0] } }) };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('a consumer behind its topic', () => {
  it('is stuck when nothing is committed, however often it fetches and joins', async () => {
    const { consumer, deaths, fire, join } = fakeConsumer();
    await consumer.start();
    for (let second = 0; second <= 100; second += 10) {
      join();
      fire('fetch');
      consumer.observeLag(5, 90_000);
      jest.advanceTimersByTime(10_000);
    }
    expect(deaths).toEqual(['t: no progress for 100 s while 5 messages wait']);
    expect(consumer.status()).toMatchObject({ state: 'dead', ok: false });
  });

  it('is not stuck for time it was idle, or for time the broker could not be asked', async () => {
    const { consumer, deaths, join } = fakeConsumer();
    await consumer.start();
    join();
    consumer.observeLag(0, 90_000);
    jest.advanceTimersByTime(500_000);
    consumer.observeLag(5, 90_000);
    jest.advanceTimersByTime(80_000);
    consumer.lagUnknown();
    jest.advanceTimersByTime(80_000);
    consumer.observeLag(5, 90_000);
    expect(deaths).toEqual([]);
  });

  it('has passed what holds no message: the marks of a force that writes in transactions', async () => {
    const { consumer, fire } = fakeConsumer();
    await consumer.start();
    fire('end', { partition: 0, batchSize: 3, lastOffset: '7' });
    expect(consumer.passedUpTo(0)).toBe(0);
    fire('end', { partition: 0, batchSize: 0, lastOffset: '8' });
    expect(consumer.passedUpTo(0)).toBe(9);
  });
});

describe('a consumer that waits for its database', () => {
  it('no longer waits when the partition is taken from it meanwhile', async () => {
    const { consumer, give, join } = fakeConsumer(undefined, async () => {
      throw new Error('the database is away');
    });
    await consumer.start();
    join();
    const unreadable = { key: null, value: null, headers: {}, offset: '0', timestamp: '0', attributes: 0 };
    const given = give({
      batch: { topic: 't', partition: 0, messages: [unreadable] } as unknown as EachBatchPayload['batch'],
      isRunning: () => true,
      isStale: () => false,
      heartbeat: async () => {
        throw new kafkajs.KafkaJSError('The coordinator is not aware of this member');
      },
    });
    const ended = expect(given).rejects.toThrow('not aware of this member');
    await jest.advanceTimersByTimeAsync(10);
    expect(consumer.status()).toMatchObject({ state: 'waiting', ok: false });
    await jest.advanceTimersByTimeAsync(10_000);
    await ended;
    join();
    expect(consumer.status()).toMatchObject({ state: 'joined', ok: true });
  });
});

describe('readiness before the first join', () => {
  it('holds while Kafka is away for a service that serves without it, and for no other', async () => {
    const away = fakeConsumer(async () => {
      throw new kafkajs.KafkaJSConnectionError('away');
    });
    await away.consumer.start();
    const transport = new KafkaTransport({
      settings: {
        brokers: ['none'],
        username: '',
        password: '',
        tls: false,
        clientId: 'c',
        log: () => undefined,
      },
      subscriptions: [subscription],
      deadLetters: { keep: async () => undefined },
      isTransient: () => false,
    });
    transport.consumerStatus = () => [away.consumer.status()];
    expect(await transport.health().check()).toEqual({ ok: false, detail: 't reconnecting' });
    const health = transport.health({ servesWithoutKafka: true });
    expect(await health.check()).toEqual({ ok: true, detail: 't reconnecting' });
    transport.consumerStatus = () => [{ ...away.consumer.status(), state: 'dead', ok: false }];
    expect(await health.check()).toEqual({ ok: false, detail: 't dead' });
    await away.consumer.stop();
  });
});
