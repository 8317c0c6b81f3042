import type { PoolClient } from '#persistence';
import type { LogPlace } from '../page.ts';
import { readEventsSql } from './read-events.sql.ts';

/** An event of the feed, as its force reads it. */
export interface FeedItem {
  readonly cursor: string;
  readonly id: string;
  readonly type: string;
  readonly time: Date;
  readonly requestId: string | null;
  readonly data: unknown;
}

export interface EventRow extends Omit<FeedItem, 'cursor'> {
  readonly xid: string;
  readonly position: string;
}

/** Reads the events after a place, the oldest first. */
export async function readEvents(
  client: PoolClient,
  force: string,
  place: LogPlace,
  limit: number,
): Promise<EventRow[]> {
  return (await client.query<EventRow>(readEventsSql(limit), [force, ...place])).rows;
}
