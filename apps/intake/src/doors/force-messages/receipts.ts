import type { PoolClient } from '#persistence';
import { keyReused } from '../../take-in/store-refusals.ts';
import type { Channel } from '../../registers/channel.ts';
import { RECEIPT_OF_KEY } from './force-message.sql.ts';

/**
 * True if the same content was stored under this key before. Refuses a key that was used for other content.
 */
export async function isRepeat(
  client: PoolClient,
  force: string,
  channel: Channel,
  key: string,
  contentHash: string,
): Promise<boolean> {
  const { rows } = await client.query<{ content_hash: string }>({
    name: 'receipt-of-key',
    text: RECEIPT_OF_KEY,
    values: [force, channel, key],
  });
  const [receipt] = rows;
  if (receipt && receipt.content_hash !== contentHash) throw keyReused(channel, key);
  return receipt !== undefined;
}
