import { Controller, Inject, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Payload } from '@nestjs/microservices';
import { setTimeout as pause } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { KafkaTransport, OnBatch, type DeadLetterStore, type Delivery, type KafkaSettings } from '#messaging';
import { isDatabaseUnavailable } from '#persistence';

type BatchHandler = (batch: readonly Delivery[]) => Promise<void>;
const HANDLER = 'batch-handler';

/** Passes each batch to the handler, like a service's own controller. */
@Controller()
class BatchController {
  constructor(@Inject(HANDLER) private readonly handler: BatchHandler) {}

  @OnBatch('leg')
  async handle(@Payload() batch: readonly Delivery[]): Promise<void> {
    await this.handler(batch);
  }
}

@Module({})
class BatchModule {
  static of(handler: BatchHandler): DynamicModule {
    return {
      module: BatchModule,
      controllers: [BatchController],
      providers: [{ provide: HANDLER, useValue: handler }],
    };
  }
}

export interface Leg {
  readonly settings: KafkaSettings;
  readonly topic: string;
  /** The group continues at the offset where it ended in the round before. */
  readonly groupId: string;
  readonly count: number;
}

/**
 * Consumes with the product's transport until this many messages are handled and their offsets are committed.
 * Returns the seconds since the first batch, because joining the group is not part of the measured work.
 */
export async function consume(
  { settings, topic, groupId, count }: Leg,
  deadLetters: DeadLetterStore,
  handler: BatchHandler,
  joined: () => void = () => undefined,
): Promise<number> {
  let began: number | undefined;
  const strategy = new KafkaTransport({
    settings,
    subscriptions: [{ pattern: 'leg', topic, groupId, fromBeginning: true }],
    deadLetters,
    isTransient: isDatabaseUnavailable,
  });
  const module = BatchModule.of((batch) => {
    began ??= performance.now();
    return handler(batch);
  });
  const app = await NestFactory.createMicroservice(module, { strategy, logger: false });
  try {
    await app.listen();
    joined();
    const handled = (): number => strategy.consumerStatus().reduce((sum, one) => sum + one.handled, 0);
    while (handled() < count) await pause(1);
    return (performance.now() - (began ?? 0)) / 1000;
  } finally {
    await app.close();
  }
}

/** Consumes the same messages with a plain kafkajs loop and our settings, and does nothing with them. */
export async function consumeBare({ settings, topic, groupId, count }: Leg): Promise<number> {
  const { username, password } = settings;
  const kafka = new kafkajs.Kafka({
    clientId: 'bench-bare',
    brokers: [...settings.brokers],
    sasl: { mechanism: 'scram-sha-512', username, password },
    logLevel: kafkajs.logLevel.ERROR,
  });
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: 30_000,
    heartbeatInterval: 3_000,
    maxWaitTimeInMs: 500,
  });
  let began: number | undefined;
  let handled = 0;
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 2,
      eachBatch: async (payload) => {
        began ??= performance.now();
        payload.resolveOffset(payload.batch.lastOffset());
        await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets());
        handled += payload.batch.messages.length;
      },
    });
    while (handled < count) await pause(1);
    return (performance.now() - (began ?? 0)) / 1000;
  } finally {
    await consumer.disconnect();
  }
}
