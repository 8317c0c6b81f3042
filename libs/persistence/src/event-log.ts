import type { PoolClient } from 'pg';
import { APPEND_EVENTS } from './append.sql.ts';

/** An event of a record. If it has a topic, it is published after its transaction has committed. */
export interface LoggedEvent {
  readonly owningForce: string;
  readonly eventId: string;
  readonly requestId: string | null;
  readonly type: string;
  /** RFC 3339. */
  readonly time: string;
  readonly traceparent?: string | null;
  /** The topic to publish to; null keeps the event in the log only. */
  readonly topic: string | null;
  /** Messages with the same key stay in order. The key is the request id. */
  readonly key: string | null;
  readonly source: string;
  readonly data: unknown;
}

/**
 * Appends events in the caller's transaction. Writers of one key must hold the lock on that key's row (every
 * change of a request does): the lock puts their events in order. An event id that is already in the log is
 * ignored.
 */
export async function appendEvents(client: PoolClient, events: readonly LoggedEvent[]): Promise<void> {
  if (events.length === 0) return;
  await client.query({
    name: 'event-log-append',
    text: APPEND_EVENTS,
    values: [JSON.stringify(events)],
  });
}
