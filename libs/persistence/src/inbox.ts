import type { PoolClient } from 'pg';
import { KNOWN_MESSAGES, TAKE_IN } from './inbox.sql.ts';

export interface IncomingMessage {
  readonly owningForce: string;
  readonly messageId: string;
  /** The `contentHash` of the message. It decides whether a second message is a repeat or a conflict. */
  readonly contentHash: string;
}

export type InboxOutcome = 'new' | 'repeat' | 'conflict';

interface Known {
  owning_force: string;
  message_id: string;
  content_hash: string;
}

const keyOf = (force: string, id: string): string => `${force} ${id}`;

/**
 * Records a batch of messages as accepted, in the caller's transaction. Returns for each message whether it
 * is new, a repeat, or the same id with other content. Within the batch, the first message of an id counts.
 * If a concurrent transaction records the same id, this waits for it.
 */
export async function takeIn(
  client: PoolClient,
  messages: readonly IncomingMessage[],
): Promise<InboxOutcome[]> {
  const first = new Map<string, IncomingMessage>();
  for (const message of messages) {
    const key = keyOf(message.owningForce, message.messageId);
    if (!first.has(key)) first.set(key, message);
  }
  // The messages are sorted by key, so that two overlapping batches never wait for each other in a circle.
  const sorted = [...first.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, message]) => message);
  const json = JSON.stringify(
    sorted.map(({ owningForce, messageId, contentHash }) => [owningForce, messageId, contentHash]),
  );
  const inserted = await client.query<{ owning_force: string; message_id: string }>({
    name: 'inbox-take-in',
    text: TAKE_IN,
    values: [json],
  });
  const fresh = new Set(inserted.rows.map((row) => keyOf(row.owning_force, row.message_id)));
  const hashes = new Map(
    sorted.map((message) => [keyOf(message.owningForce, message.messageId), message.contentHash]),
  );
  if (fresh.size < sorted.length) {
    // A second statement sees rows that a concurrent transaction committed while the first statement waited.
    const known = await client.query<Known>({
      name: 'inbox-known',
      text: KNOWN_MESSAGES,
      values: [json],
    });
    for (const row of known.rows) hashes.set(keyOf(row.owning_force, row.message_id), row.content_hash);
  }
  return messages.map((message) => {
    const key = keyOf(message.owningForce, message.messageId);
    if (first.get(key) === message && fresh.has(key)) return 'new';
    return hashes.get(key) === message.contentHash ? 'repeat' : 'conflict';
  });
}
