import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { Kafka } from 'kafkajs';
import { isObservable, lastValueFrom } from 'rxjs';
import { ConsumerWatch } from './consumer-watch.ts';
import type { DeadLetterStore } from './dead-letter.ts';
import { failpoint, type Failpoint } from './failpoint.ts';
import { kafkaClient, logLine, toStandardError, type KafkaSettings, type LogLine } from './kafka-client.ts';
import { TAKES_BATCHES } from './on-batch.ts';
import type { Delivery } from './received-message.ts';
import type { ConsumerStatus, Subscription } from './subscription.ts';
import { TopicConsumer } from './topic-consumer.ts';

export interface KafkaTransportOptions {
  readonly settings: KafkaSettings;
  readonly subscriptions: readonly Subscription[];
  readonly deadLetters: DeadLetterStore;
  readonly isTransient: (error: unknown) => boolean;
  readonly failpoints?: Failpoint;
  /** How many new consumers are tried after a crash before the process ends. */
  readonly rebuildsMax?: number;
  /** Called once if a consumer cannot recover. The default ends the process with code 1. */
  readonly onFatal?: (reason: string) => void;
}

/** How long work under way may still take before a process that cannot recover ends. */
const LAST_WORDS_MS = 5_000;

/**
 * Nest's transport over Kafka: one consumer per subscription, whose batches go to the method marked
 * `@OnBatch(pattern)`. Nest's own ServerKafka retries a poison message for ever and commits messages that
 * have no handler.
 */
export class KafkaTransport extends Server implements CustomTransportStrategy {
  private readonly log: LogLine;
  private readonly kafka: Kafka;
  private consumers: TopicConsumer[] = [];
  private watch: ConsumerWatch | undefined;
  private ending = false;

  constructor(private readonly options: KafkaTransportOptions) {
    super();
    this.log = options.settings.log ?? toStandardError;
    this.kafka = kafkaClient(options.settings, ({ groupId, partition }) => {
      this.consumers.find(({ subscription }) => subscription.groupId === groupId)?.lostPlace(partition);
    });
  }

  override addHandler(
    pattern: unknown,
    handler: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    const name = typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
    if (!isEventHandler || extras[TAKES_BATCHES] !== true) {
      throw new Error(
        `The handler of "${name}" must be declared with @OnBatch('${name}'): a plain @EventPattern hides why it failed.`,
      );
    }
    if (this.getHandlerByPattern(name))
      throw new Error(`"${name}" has two handlers: a batch has one effect, in one transaction.`);
    super.addHandler(name, handler, isEventHandler, extras);
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      this.consumers = this.options.subscriptions.map((subscription) => this.consumer(subscription));
      const unread = [...this.messageHandlers.keys()].filter(
        (pattern) => !this.options.subscriptions.some((one) => one.pattern === pattern),
      );
      if (unread.length > 0) throw new Error(`No subscription feeds the handlers of ${unread.join(', ')}.`);
      await Promise.all(this.consumers.map((consumer) => consumer.start()));
      this.watch = new ConsumerWatch(this.kafka, this.consumers, this.log);
      this.watch.start();
      callback();
    } catch (error) {
      await this.close();
      callback(error);
    }
  }

  /** Stops taking batches, finishes and commits those under way, and leaves the groups. */
  async close(): Promise<void> {
    await Promise.all([this.watch?.stop(), ...this.consumers.map((consumer) => consumer.stop())]);
  }

  consumerStatus(): ConsumerStatus[] {
    return this.consumers.map((consumer) => consumer.status());
  }

  /**
   * For readiness. It fails while a consumer has not joined yet, waits for the database, is stuck or is dead.
   * It does not fail while the broker is away, nor for a gap, because stopping the service brings no messages
   * back. A service that serves HTTP without Kafka is ready before its first join as well; otherwise it would
   * be out of service if it starts while the broker is away.
   */
  health({ servesWithoutKafka = false } = {}): {
    name: string;
    check(): Promise<{ ok: boolean; detail?: string; figures?: Record<string, number> }>;
  } {
    return {
      name: 'consumers',
      check: async () => {
        const statuses = this.consumerStatus();
        const ailing = statuses.filter(({ ok, detail, gaps }) => !ok || detail !== undefined || gaps > 0);
        const ok =
          statuses.length === this.options.subscriptions.length &&
          statuses.every((one) => one.ok || (servesWithoutKafka && one.state === 'reconnecting'));
        // The log has the reason. Readiness is public, and a fault may name hosts and roles.
        const detail = ailing
          .map(({ topic, state, gaps }) => `${topic} ${state}${gaps > 0 ? ', with a gap' : ''}`)
          .join('; ');
        const gaps = statuses.reduce((sum, status) => sum + status.gaps, 0);
        return { ok, ...(detail !== '' && { detail }), ...(gaps > 0 && { figures: { gaps } }) };
      },
    };
  }

  on(): never {
    throw new Error('KafkaTransport has no events: ask consumerStatus().');
  }

  unwrap<T>(): T {
    throw new Error('KafkaTransport hides its client: nothing outside libs/messaging depends on it.');
  }

  private consumer(subscription: Subscription): TopicConsumer {
    const handler = this.getHandlerByPattern(subscription.pattern);
    if (!handler)
      throw new Error(
        `${subscription.topic} has no handler: declare one with @OnBatch('${subscription.pattern}').`,
      );
    const { sessionSeconds } = this.options.settings;
    return new TopicConsumer({
      kafka: this.kafka,
      subscription,
      handle: (batch) => settle(handler, batch),
      deadLetters: this.options.deadLetters,
      isTransient: this.options.isTransient,
      failpoint: this.options.failpoints ?? failpoint,
      log: this.log,
      sessionMs: sessionSeconds === undefined ? undefined : sessionSeconds * 1_000,
      rebuildsMax: this.options.rebuildsMax,
      onDead: (reason) => this.fatal(reason),
    });
  }

  private fatal(reason: string): void {
    if (this.ending) return;
    this.ending = true;
    logLine(this.log, 'error', 'a consumer cannot recover', { reason });
    if (this.options.onFatal) {
      this.options.onFatal(reason);
      return;
    }
    // The supervisor restarts the process. If it stayed up without consuming, it would look healthy and do
    // nothing.
    setTimeout(() => process.exit(1), LAST_WORDS_MS);
    void this.close().finally(() => process.exit(1));
  }
}

async function settle(handler: MessageHandler, batch: readonly Delivery[]): Promise<void> {
  const result: unknown = await handler(batch);
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}
