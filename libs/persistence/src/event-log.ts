import type { PoolClient } from 'pg';
import { APPEND_EVENTS } from './append.sql.ts';

/** Something that happened to a record; with a topic it is published once its transaction has committed. */
export interface LoggedEvent {
  readonly owningForce: string;
  readonly eventId: string;
  readonly requestId: string | null;
  readonly type: string;
  /** RFC 3339. */
  readonly time: string;
  readonly traceparent?: string | null;
  /** Where it is published; null keeps it in the log only. */
  readonly topic: string | null;
  /** Messages of one key stay in order: the request id. */
  readonly key: string | null;
  readonly source: string;
  readonly data: unknown;
}

/**
 * Appends events in the caller's transaction. Writers of one key must hold that key's row when they call this (as
 * every change of a request does): it is what puts their events in order.
 * An event id that is already in the log is left alone.
 */
export async function appendEvents(client: PoolClient, events: readonly LoggedEvent[]): Promise<void> {
  if (events.length === 0) return;
  await client.query({
    name: 'event-log-append',
    text: APPEND_EVENTS,
    values: [JSON.stringify(events)],
  });
}
