import type { PoolClient } from '#persistence';
import type { LogPlace } from '../page.ts';
import { readRefusalsSql } from './read-refusals.sql.ts';

/** A refused message or request as it came: `body` if it was JSON, otherwise `bytes` in base64. */
export interface RefusalView {
  readonly id: string;
  readonly refusedAt: Date;
  readonly channel: string;
  readonly code: string;
  readonly reference: string | null;
  readonly messageId: string | null;
  readonly place: string | null;
  readonly problem: unknown;
  readonly body: unknown;
  readonly bytes: string | null;
  /** The hash of an erased message, and the time at which it was erased. */
  readonly bodyHash: string | null;
  readonly bodyErasedAt: Date | null;
}

export interface RefusalRow extends RefusalView {
  readonly xid: string;
  readonly position: string;
  /** The number of refusals from the place on, up to one more than the limit. */
  readonly found: number;
}

/** Reads refusals after a place, the oldest first. Large bodies make the page shorter than the limit. */
export async function readRefusals(
  client: PoolClient,
  force: string,
  place: LogPlace,
  limit: number,
): Promise<RefusalRow[]> {
  const { rows } = await client.query<RefusalRow>(readRefusalsSql(limit), [force, ...place]);
  return rows.slice(0, limit);
}
