import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import kafkajs, { type Admin, type Consumer } from 'kafkajs';
import { encodeEnvelope, type Envelope } from '#contracts';
import { backOffMs } from '#kernel';
import { CLIENT_BACK_OFF, CLIENT_RETRY, kafkaClient, type KafkaSettings } from './kafka-client.ts';
import { KafkaSender, type SendableRow } from './outbox-sender.ts';
import { receivedMessage, type ReceivedMessage } from './received-message.ts';

/** An encoded message, ready to be published. */
export type OutgoingMessage = Omit<SendableRow, 'topic'>;

/** Publishes to Kafka with the caller's own principal, such as a force's. */
export class KafkaPublisher {
  private constructor(private readonly sender: KafkaSender) {}

  static async connect(settings: KafkaSettings): Promise<KafkaPublisher> {
    const sender = new KafkaSender(settings);
    await sender.connect();
    return new KafkaPublisher(sender);
  }

  /** Resolves when the broker has stored the messages. Throws if it refuses them or is away. */
  async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length > 0) await this.sender.send(messages.map((message) => ({ ...message, topic })));
  }

  publishEnvelopes(topic: string, envelopes: readonly Envelope[]): Promise<void> {
    return this.publish(
      topic,
      envelopes.map((envelope) => encodeEnvelope(envelope)),
    );
  }

  close(): Promise<void> {
    return this.sender.disconnect();
  }
}

export interface KafkaReaderOptions {
  readonly settings: KafkaSettings;
  readonly topics: readonly string[];
  /** Begins with the force's group prefix. */
  readonly groupId: string;
  /**
   * Called in order per partition. Offsets are committed after it returns; after a throw the batch comes
   * again.
   */
  readonly onMessages: (messages: readonly ReceivedMessage[]) => Promise<void> | void;
}

/** Follows topics from their beginning. Each message comes at least once. */
export class KafkaReader {
  private constructor(private readonly consumer: Consumer) {}

  static async start({ settings, topics, groupId, onMessages }: KafkaReaderOptions): Promise<KafkaReader> {
    const consumer = kafkaClient(settings).consumer({ groupId, maxWaitTimeInMs: 250 });
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      eachBatch: async ({ batch: { topic, partition, messages } }) => {
        await onMessages(messages.map((message) => receivedMessage(topic, partition, message)));
      },
    });
    return new KafkaReader(consumer);
  }

  close(): Promise<void> {
    return this.consumer.disconnect();
  }
}

/**
 * Reads everything that a topic holds now, in order per partition, under a group of its own below the prefix.
 */
export async function readTopic(
  settings: KafkaSettings,
  topic: string,
  groupPrefix: string,
): Promise<ReceivedMessage[]> {
  const found: ReceivedMessage[] = [];
  await scanTopic(settings, topic, groupPrefix, (messages) => void found.push(...messages));
  return found;
}

/**
 * Does the same for a topic that is too large for memory: the next batch comes after the last one is handled.
 */
export async function scanTopic(
  settings: KafkaSettings,
  topic: string,
  groupPrefix: string,
  onMessages: KafkaReaderOptions['onMessages'],
): Promise<void> {
  const admin = kafkaClient(settings).admin();
  await admin.connect();
  const offsets = await offsetsOf(admin, topic);
  await admin.disconnect();
  const waitingFor = new Map(
    offsets.filter(({ high, low }) => high !== low).map(({ partition, high }) => [partition, BigInt(high)]),
  );
  if (waitingFor.size === 0) return;
  const complete = Promise.withResolvers<void>();
  const reader = await KafkaReader.start({
    settings,
    topics: [topic],
    groupId: `${groupPrefix}read-${randomUUID()}`,
    onMessages: async (messages) => {
      try {
        await onMessages(messages);
      } catch (error) {
        complete.reject(error);
      }
      const last = messages.at(-1);
      const end = last && waitingFor.get(last.partition);
      if (last && end !== undefined && BigInt(last.offset) + 1n >= end) waitingFor.delete(last.partition);
      if (waitingFor.size === 0) complete.resolve();
    },
  });
  try {
    await complete.promise;
  } finally {
    await reader.close();
  }
}

/** The broker's error code for an unknown group. */
const GROUP_ID_NOT_FOUND = 69;

/**
 * Lets consumer groups whose members are all stopped begin again with the oldest message of each topic, by
 * deleting their stored offsets. Throws if a member still runs.
 */
export async function rewindGroups(settings: KafkaSettings, groupIds: readonly string[]): Promise<void> {
  const admin = kafkaClient(settings).admin();
  await admin.connect();
  try {
    // The resetOffsets of kafkajs joins the group, pauses it and then waits for a fetch that may never come.
    await admin.deleteGroups([...groupIds]);
  } catch (error) {
    if (!(error instanceof kafkajs.KafkaJSDeleteGroupsError)) throw error;
    if (error.groups.some(({ errorCode }) => errorCode !== GROUP_ID_NOT_FOUND)) throw error;
  } finally {
    await admin.disconnect();
  }
}

/** A broker may answer for a moment that it does not lead a new partition. The library does not ask again. */
async function offsetsOf(admin: Admin, topic: string): ReturnType<Admin['fetchTopicOffsets']> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await admin.fetchTopicOffsets(topic);
    } catch (error) {
      if (
        tried === CLIENT_RETRY.retries ||
        !(error instanceof kafkajs.KafkaJSProtocolError && error.retriable)
      )
        throw error;
    }
    await pause(backOffMs(tried, CLIENT_BACK_OFF));
  }
}
