import type { PoolClient } from '#persistence';
import { keyReused } from './store-refusals.ts';
import type { Channel } from './submission.ts';

/** Whether the same content was taken under this key before; refuses a key that stands for other content. */
export async function isRepeat(
  client: PoolClient,
  force: string,
  channel: Channel,
  key: string,
  contentHash: string,
): Promise<boolean> {
  const { rows } = await client.query<{ content_hash: string }>({
    name: 'receipt-of-key',
    text: 'select content_hash from receipt where owning_force = $1 and channel = $2 and key = $3',
    values: [force, channel, key],
  });
  const [receipt] = rows;
  if (receipt && receipt.content_hash !== contentHash) throw keyReused(channel, key);
  return receipt !== undefined;
}
