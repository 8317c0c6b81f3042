import { isUtf8 } from 'node:buffer';
import type { KafkaMessage } from 'kafkajs';
import { decodeEnvelope, Refusal, type Envelope, type WireMessage } from '#contracts';
import { UNREAD, type BatchRecord, type Unread } from './record-batch.ts';

/** A message with its place in the topic and its bytes. */
export interface ReceivedMessage extends WireMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** Milliseconds since 1970, set by the broker or the publisher. */
  readonly timestamp: string;
  readonly rawKey: Buffer | null;
  /** The headers in order; a name may come more than once. */
  readonly rawHeaders: readonly (readonly [name: string, value: Buffer | null])[];
  /** Set if this message, or the whole batch that ends here, was not read. It then has no content. */
  readonly unread?: Unread;
}

/** A message whose envelope was read. */
export interface Delivery {
  readonly message: ReceivedMessage;
  readonly envelope: Envelope;
}

/** Converts the library's message to our shape. It may contain anything, so this neither throws nor drops. */
export function receivedMessage(topic: string, partition: number, message: KafkaMessage): ReceivedMessage {
  const rawHeaders: (readonly [string, Buffer | null])[] = [];
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers ?? {})) {
    // A repeated name comes as a list. The library also lets inherited names such as `constructor` leak into
    // it.
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== null && item !== undefined && !Buffer.isBuffer(item) && typeof item !== 'string') continue;
      const bytes = typeof item === 'string' ? Buffer.from(item) : (item ?? null);
      rawHeaders.push([name, bytes]);
      // This makes an own property even of a name like __proto__. The last value of a repeated name counts.
      if (bytes)
        Object.defineProperty(headers, name, {
          value: bytes.toString('utf8'),
          enumerable: true,
          configurable: true,
          writable: true,
        });
    }
  }
  const unread = (message as Partial<BatchRecord>)[UNREAD];
  return {
    ...(unread && { unread }),
    topic,
    partition,
    offset: message.offset,
    timestamp: message.timestamp,
    key: message.key === null ? null : message.key.toString('utf8'),
    headers,
    value: message.value,
    rawKey: message.key,
    rawHeaders,
  };
}

/** Reads the envelope. It refuses header bytes that are no text, because they would be altered silently. */
export function readDelivery(message: ReceivedMessage): Delivery {
  if (message.unread) throw new Refusal(message.unread.code, message.unread.detail);
  for (const [name, value] of message.rawHeaders) {
    if (value && !isUtf8(value))
      throw new Refusal('invalid-request', `The header ${printable(name)} is not valid UTF-8.`);
  }
  return { message, envelope: decodeEnvelope(message) };
}

function printable(name: string): string {
  return name.slice(0, 60).replaceAll(/[^!-~]/g, '?');
}
