import type { PoolClient } from 'pg';
import { RECORD_ACCESS } from './append.sql.ts';

/** The six operations that section 62 of the Data Protection Act 2018 names. */
export type AccessOperation =
  'collection' | 'alteration' | 'consultation' | 'disclosure' | 'combination' | 'erasure';

export interface AccessEntry {
  readonly owningForce: string;
  /**
   * The person who started the access, never the service that acts for them. A force's system is named by its
   * credential.
   */
  readonly person: string;
  readonly service: string;
  readonly operation: AccessOperation;
  readonly requestId: string | null;
  readonly recipient?: string | null;
  readonly reason?: string | null;
}

/**
 * Appends to the access log in the caller's transaction, so the access and its entry are both stored or
 * neither is.
 */
export async function recordAccess(client: PoolClient, entries: readonly AccessEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await client.query({
    name: 'access-log-record',
    text: RECORD_ACCESS,
    values: [JSON.stringify(entries)],
  });
}
