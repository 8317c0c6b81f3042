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
import type { FeedItem } from '../read-events/read-events.store.ts';
import type { LogPlace } from '../page.ts';
import type { Outcome } from './post-event.ts';
import { triesMax, type WebhookSettings } from './webhook.settings.ts';

/** The fields of a webhook that its sender needs. */
export interface Destination {
  readonly id: string;
  readonly url: string;
  readonly secrets: readonly string[];
  readonly createdBy: string;
}

/**
 * One try that this sender has claimed. `tries` includes it; the result is ignored if the number has changed
 * since.
 */
export interface ClaimedDelivery {
  readonly tries: number;
  readonly item: Omit<FeedItem, 'cursor'>;
  readonly place: LogPlace;
}

export const WEBHOOK_DISABLED = 'concordat.webhook-disabled.v1';

/** Returns the enabled webhooks of the force. */
export async function destinationsOf(client: PoolClient, force: string): Promise<Destination[]> {
  const { rows } = await client.query<Destination>({
    name: 'webhook-destinations',
    text: DESTINATIONS,
    values: [force],
  });
  return rows;
}

/**
 * Moves the webhook's cursor along the feed and adds a delivery for each event that it asks for. Does nothing
 * while another replica does so.
 */
export async function addDeliveriesFromFeed(
  client: PoolClient,
  force: string,
  webhookId: string,
): Promise<void> {
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
 * Claims the next tries that are due. Each is counted and has a lease in database time: without a result, it
 * becomes due again. Only the earliest waiting event of a request is ever claimed, whichever replica asks.
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

interface RecordedTry {
  readonly state: 'waiting' | 'given-up';
  readonly unanswered: boolean;
}

/**
 * Records the result of one try. Ignored if a newer try has started. The webhook is disabled, and its force
 * is notified in the feed, after a 410, or when an event was given up and nothing else was delivered since
 * its first try.
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
  const judged = await client.query<RecordedTry>({
    name: 'webhook-failed',
    text: RECORD_FAILED,
    values: [...key, status, error, wait ?? null, triesMax(settings)],
  });
  const outcome = judged.rows[0];
  if (outcome?.state === 'given-up' && (gone || outcome.unanswered)) {
    const reason = gone
      ? 'The receiver answered 410 Gone.'
      : `An event failed ${triesMax(settings)} times, and nothing else was delivered in that time.`;
    await disable(client, force, webhookId, `${reason} Last error: ${error}.`);
  }
}

/**
 * Returns the seconds until the next try; undefined after the last one. A receiver may ask for a longer wait,
 * up to the longest planned wait.
 */
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
