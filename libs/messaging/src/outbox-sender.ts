import kafkajs, { type Message, type Producer } from 'kafkajs';
import { CLIENT_RETRY, kafkaClient, type KafkaSettings } from './kafka-client.ts';

/** A message and its topic; what is odd (no value, bytes in a header) is allowed, as tests of poison need it. */
export interface SendableRow {
  readonly topic: string;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string | Buffer>>;
  readonly value: Buffer | string | null;
}

/** Sends rows and returns when every replica in sync has them. */
export interface OutboxSender {
  connect(): Promise<void>;
  send(rows: readonly SendableRow[]): Promise<void>;
  disconnect(): Promise<void>;
}

/** A producer that acknowledges fully and is not idempotent: the library's idempotent one can lose acknowledged messages after a lost response. */
export class KafkaSender implements OutboxSender {
  private producer: Producer | undefined;

  constructor(private readonly settings: KafkaSettings) {}

  /** With a fresh producer each time: the library's keeps every topic it was ever given, and one that is refused fails its metadata for all. */
  async connect(): Promise<void> {
    await this.disconnect();
    this.producer = kafkaClient(this.settings).producer({
      idempotent: false,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      retry: CLIENT_RETRY,
    });
    await this.producer.connect();
  }

  async send(rows: readonly SendableRow[]): Promise<void> {
    const byTopic = new Map<string, Message[]>();
    for (const { topic, key, headers, value } of rows) {
      let messages = byTopic.get(topic);
      if (!messages) byTopic.set(topic, (messages = []));
      messages.push({ key, headers, value });
    }
    if (!this.producer) throw new Error('the sender is not connected');
    await this.producer.sendBatch({ acks: -1, topicMessages: [...byTopic].map(([topic, messages]) => ({ topic, messages })) });
  }

  async disconnect(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    await producer?.disconnect();
  }
}
