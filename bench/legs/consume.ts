import { Controller, Inject, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Payload } from '@nestjs/microservices';
import { setTimeout as pause } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { KafkaTransport, OnBatch, type DeadLetterStore, type Delivery, type KafkaSettings } from '#messaging';
import { isDatabaseUnavailable } from '#persistence';

type Take = (batch: readonly Delivery[]) => Promise<void>;
const TAKE = 'take';

/** Hands each batch on: what a service's own controller does. */
@Controller()
class TakingController {
  constructor(@Inject(TAKE) private readonly take: Take) {}

  @OnBatch('leg')
  async handle(@Payload() batch: readonly Delivery[]): Promise<void> {
    await this.take(batch);
  }
}

@Module({})
class TakingModule {
  static of(take: Take): DynamicModule {
    return {
      module: TakingModule,
      controllers: [TakingController],
      providers: [{ provide: TAKE, useValue: take }],
    };
  }
}

export interface Leg {
  readonly settings: KafkaSettings;
  readonly topic: string;
  /** Goes on where the same group ended in the round before. */
  readonly groupId: string;
  readonly count: number;
}

/**
 * The product's transport until so many messages have had their effect and their offsets are committed. Seconds from the
 * first batch on: joining the group is no part of the work.
 */
export async function consume(
  { settings, topic, groupId, count }: Leg,
  deadLetters: DeadLetterStore,
  take: Take,
  joined: () => void = () => undefined,
): Promise<number> {
  let began: number | undefined;
  const strategy = new KafkaTransport({
    settings,
    subscriptions: [{ pattern: 'leg', topic, groupId, fromBeginning: true }],
    deadLetters,
    isTransient: isDatabaseUnavailable,
  });
  const module = TakingModule.of((batch) => {
    began ??= performance.now();
    return take(batch);
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

/** A bare kafkajs loop over the same messages, with the settings of ours and nothing done with what comes. */
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
