import { isUtf8 } from 'node:buffer';
import type { KafkaMessage } from 'kafkajs';
import { decodeEnvelope, Refusal, type Envelope, type WireMessage } from '#contracts';
import { UNREAD, type BatchRecord, type Unread } from './record-batch.ts';

/** A message with where it stood and the bytes it came with. */
export interface ReceivedMessage extends WireMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** Milliseconds since 1970, as the broker or the publisher set it. */
  readonly timestamp: string;
  readonly rawKey: Buffer | null;
  /** In the order they came; a name may come more than once. */
  readonly rawHeaders: readonly (readonly [name: string, value: Buffer | null])[];
  /** It has no content because it was not read, or a whole batch that ends here was not. */
  readonly unread?: Unread;
}

/** A message that could be read. */
export interface Delivery {
  readonly message: ReceivedMessage;
  readonly envelope: Envelope;
}

/** The library's message in our own shape. Anything may be in it: it throws nothing and loses nothing. */
export function receivedMessage(topic: string, partition: number, message: KafkaMessage): ReceivedMessage {
  const rawHeaders: (readonly [string, Buffer | null])[] = [];
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers ?? {})) {
    // A repeated name comes as a list; the library also lets inherited names such as `constructor` leak into it.
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== null && item !== undefined && !Buffer.isBuffer(item) && typeof item !== 'string') continue;
      const bytes = typeof item === 'string' ? Buffer.from(item) : (item ?? null);
      rawHeaders.push([name, bytes]);
      // Own property even for a name like __proto__; of a repeated name the last counts.
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

/** Reads the envelope, and refuses header bytes that are no text (they would be altered in silence). */
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
