import { newId } from '#kernel';
import { appendEvents, type PoolClient } from '#persistence';
import {
  CLAIM_DELIVERIES,
  DESTINATIONS,
  DISABLE_WEBHOOK,
  LOCK_CURSOR,
  LOCK_WEBHOOK,
  RECORD_DELIVERED,
  RECORD_FAILED,
  TAKE_FROM_FEED,
} from './delivery.sql.ts';
import type { FeedItem } from '../read-events/read-events.controller.ts';
import type { LogPlace } from '../page.ts';
import type { Outcome } from './post-event.ts';
import { triesMax, type WebhookSettings } from './webhook.settings.ts';

/** A webhook as its sender needs it. */
export interface Destination {
  readonly id: string;
  readonly url: string;
  readonly secrets: readonly string[];
  readonly createdBy: string;
}

/** One try that this sender has taken on; `tries` counts it, and is what its outcome is held to. */
export interface ClaimedDelivery {
  readonly tries: number;
  readonly item: Omit<FeedItem, 'cursor'>;
  readonly place: LogPlace;
}

export const WEBHOOK_DISABLED = 'concordat.webhook-disabled.v1';

/** The force's webhooks that are delivered to. */
export async function destinationsOf(client: PoolClient, force: string): Promise<Destination[]> {
  const { rows } = await client.query<Destination>({
    name: 'webhook-destinations',
    text: DESTINATIONS,
    values: [force],
  });
  return rows;
}

/** Moves the webhook's cursor along the feed and notes what it is to be sent. Another replica that does so is left to it. */
export async function takeFromFeed(client: PoolClient, force: string, webhookId: string): Promise<void> {
  const hook = await client.query<{ types: string[] | null; xid: string; position: string; room: number }>({
    name: 'webhook-cursor',
    text: LOCK_CURSOR,
    values: [force, webhookId],
  });
  const at = hook.rows[0];
  if (!at || at.room <= 0) return;
  await client.query({
    name: 'webhook-take-from-feed',
    text: TAKE_FROM_FEED,
    values: [force, webhookId, at.xid, at.position, at.room, at.types],
  });
}

interface ClaimedRow extends Omit<FeedItem, 'cursor'> {
  readonly tries: number;
  readonly xid: string;
  readonly position: string;
}

/**
 * Takes on the next due tries, each counted and under a lease of database time: an outcome that never comes leaves it due
 * again. Of one request only the earliest event that waits is ever taken, whichever replica asks.
 */
export async function claimDeliveries(
  client: PoolClient,
  force: string,
  webhookId: string,
  { limit, leaseMs }: { readonly limit: number; readonly leaseMs: number },
): Promise<ClaimedDelivery[]> {
  const { rows } = await client.query<ClaimedRow>({
    name: 'webhook-claim',
    text: CLAIM_DELIVERIES,
    values: [force, webhookId, limit, leaseMs],
  });
  return rows.map(({ tries, xid, position, ...item }) => ({ tries, item, place: [xid, position] }));
}

interface Judged {
  readonly state: 'waiting' | 'given-up';
  readonly unanswered: boolean;
}

/**
 * Records the result of one try; it is ignored if a newer try has started. The webhook is disabled, and its force is
 * notified in the feed, when an event was given up and nothing else arrived since its first try, or after a 410.
 */
export async function recordOutcome(
  client: PoolClient,
  settings: WebhookSettings,
  {
    force,
    webhookId,
    eventId,
    tries,
  }: { readonly force: string; readonly webhookId: string; readonly eventId: string; readonly tries: number },
  { status, error, retryAfterMs }: Outcome,
): Promise<void> {
  const hook = await client.query(LOCK_WEBHOOK, [force, webhookId]);
  if (hook.rowCount === 0) return;
  const key = [force, webhookId, eventId, tries];
  if (error === null) {
    await client.query({
      name: 'webhook-delivered',
      text: RECORD_DELIVERED,
      values: [...key, status],
    });
    return;
  }
  const gone = status === 410;
  const wait = gone ? undefined : waitAfter(settings, tries, retryAfterMs);
  const judged = await client.query<Judged>({
    name: 'webhook-failed',
    text: RECORD_FAILED,
    values: [...key, status, error, wait ?? null, triesMax(settings)],
  });
  const outcome = judged.rows[0];
  if (outcome?.state === 'given-up' && (gone || outcome.unanswered)) {
    const reason = gone
      ? 'The receiver answered 410 Gone.'
      : `An event failed ${triesMax(settings)} times, and nothing else arrived meanwhile.`;
    await disable(client, force, webhookId, `${reason} Last outcome: ${error}.`);
  }
}

/** Seconds until the next try; undefined after the last. A receiver may ask for more than was planned, up to the longest wait planned. */
function waitAfter({ retrySeconds }: WebhookSettings, tries: number, retryAfterMs = 0): number | undefined {
  const planned = retrySeconds[tries - 1];
  return planned === undefined
    ? undefined
    : Math.max(planned, Math.min(retryAfterMs / 1_000, Math.max(...retrySeconds)));
}

async function disable(client: PoolClient, force: string, webhookId: string, reason: string): Promise<void> {
  const { rows } = await client.query<{ url: string; at: Date }>(DISABLE_WEBHOOK, [force, webhookId, reason]);
  const disabled = rows[0];
  if (!disabled) return;
  const time = disabled.at.toISOString();
  await appendEvents(client, [
    {
      owningForce: force,
      eventId: newId(),
      requestId: null,
      type: WEBHOOK_DISABLED,
      time,
      topic: null,
      key: null,
      source: '/service/intake',
      data: { webhookId, url: disabled.url, reason, disabledAt: time },
    },
  ]);
}
