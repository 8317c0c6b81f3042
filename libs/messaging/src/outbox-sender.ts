import { setTimeout as pause } from 'node:timers/promises';
import kafkajs, { type Message, type Producer, type TopicMessages } from 'kafkajs';
import { backOffMs } from '#kernel';
import { CLIENT_BACK_OFF, CLIENT_RETRY, kafkaClient, type KafkaSettings } from './kafka-client.ts';

/**
 * A message and its topic. Odd ones (no value, bytes in a header) are allowed, because tests of poison need
 * them.
 */
export interface SendableRow {
  readonly topic: string;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string | Buffer>>;
  readonly value: Buffer | string | null;
}

/** Sends rows and resolves when every in-sync replica has them. */
export interface OutboxSender {
  connect(): Promise<void>;
  send(rows: readonly SendableRow[]): Promise<void>;
  disconnect(): Promise<void>;
}

/** Few retries here, because the users of a sender retry for ever and report it in their status. */
const TRIES = 1 + CLIENT_RETRY.retries;

/**
 * A producer with full acknowledgement. It is not idempotent, because the library's idempotent producer can
 * lose acknowledged messages after a lost response.
 */
export class KafkaSender implements OutboxSender {
  private wanted = false;
  private producer: Promise<Producer> | undefined;

  /** `headersOf` adds a proof of the publisher to the headers of each row. */
  constructor(
    private readonly settings: KafkaSettings,
    private readonly headersOf: (row: SendableRow) => SendableRow['headers'] = ({ headers }) => headers,
  ) {}

  /**
   * Connects a new producer each time. The library's producer remembers every topic, and one refused topic
   * fails the metadata of all. If this fails, the next send tries again.
   */
  async connect(): Promise<void> {
    await this.disconnect().catch(() => undefined);
    this.wanted = true;
    await this.connected();
  }

  private connected(): Promise<Producer> {
    if (!this.wanted) throw new Error('the sender is not connected');
    this.producer ??= this.freshProducer().catch((error: unknown) => {
      this.producer = undefined;
      throw error;
    });
    return this.producer;
  }

  private async freshProducer(): Promise<Producer> {
    const producer = kafkaClient(this.settings).producer({
      idempotent: false,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      // The library's own retries never ask a broker twice. If a partition has moved to such a broker, its
      // rows are not sent and the send still succeeds. Each try is therefore a whole send of its own
      // (decision 0023).
      retry: { ...CLIENT_RETRY, retries: 0 },
    });
    try {
      await producer.connect();
    } catch (error) {
      await producer.disconnect().catch(() => undefined);
      throw error;
    }
    return producer;
  }

  async send(rows: readonly SendableRow[]): Promise<void> {
    const byTopic = new Map<string, Message[]>();
    for (const row of rows) {
      const { topic, key, value } = row;
      let messages = byTopic.get(topic);
      if (!messages) byTopic.set(topic, (messages = []));
      messages.push({ key, headers: this.headersOf(row), value });
    }
    const topicMessages = [...byTopic].map(([topic, messages]) => ({ topic, messages }));
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.sendOnce(topicMessages);
      } catch (error) {
        if (tried === TRIES || !(error instanceof kafkajs.KafkaJSNumberOfRetriesExceeded)) throw error;
      }
      await pause(backOffMs(tried - 1, CLIENT_BACK_OFF));
    }
  }

  private async sendOnce(topicMessages: TopicMessages[]): Promise<void> {
    const producer = await this.connected();
    await producer.sendBatch({ acks: -1, topicMessages });
  }

  async disconnect(): Promise<void> {
    const { producer } = this;
    this.wanted = false;
    this.producer = undefined;
    await (await producer?.catch(() => undefined))?.disconnect();
  }
}
