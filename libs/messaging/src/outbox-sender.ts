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
  private readonly producer: Producer;

  constructor(settings: KafkaSettings) {
    this.producer = kafkaClient(settings).producer({
      idempotent: false,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      retry: CLIENT_RETRY,
    });
  }

  connect(): Promise<void> {
    return this.producer.connect();
  }

  async send(rows: readonly SendableRow[]): Promise<void> {
    const byTopic = new Map<string, Message[]>();
    for (const { topic, key, headers, value } of rows) {
      let messages = byTopic.get(topic);
      if (!messages) byTopic.set(topic, (messages = []));
      messages.push({ key, headers, value });
    }
    await this.producer.sendBatch({ acks: -1, topicMessages: [...byTopic].map(([topic, messages]) => ({ topic, messages })) });
  }

  disconnect(): Promise<void> {
    return this.producer.disconnect();
  }
}
