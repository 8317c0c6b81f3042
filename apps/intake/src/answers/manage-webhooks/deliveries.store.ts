import { Refusal } from '#contracts';
import { isUuid } from '#kernel';
import type { PoolClient } from '#persistence';
import { LOCK_WEBHOOK } from '../deliver-webhooks/delivery.sql.ts';
import { listDeliveriesSql, redeliverSql } from './deliveries.sql.ts';
import type { RedeliveryBody } from './webhook.body.ts';

export const DELIVERY_STATES = ['waiting', 'delivered', 'given-up'] as const;

/** One event on its way to one webhook. */
export interface DeliveryView {
  readonly eventId: string;
  readonly type: string;
  readonly requestId: string | null;
  readonly state: (typeof DELIVERY_STATES)[number];
  readonly tries: number;
  readonly lastTryAt: Date | null;
  /** The receiver's answer to the last try; null when there was none, or while it is under way. */
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  /** While a try is under way: when it counts as lost. Null when nothing is waited for: it is due now, or it is not sent at all. */
  readonly nextTryAt: Date | null;
  readonly deliveredAt: Date | null;
}

/** More than this at once is a flood at the receiver: the span is to be made shorter. */
const REDELIVERIES_MAX = 10_000;

/** Newest first; `before` is the position of the last one of the page before. */
export async function listDeliveries(
  client: PoolClient,
  force: string,
  webhookId: string,
  {
    state,
    before,
    limit,
  }: { readonly state: string | undefined; readonly before: string | undefined; readonly limit: number },
): Promise<(DeliveryView & { readonly position: string })[]> {
  const { rows } = await client.query<DeliveryView & { position: string }>(listDeliveriesSql(limit), [
    force,
    webhookId,
    state ?? null,
    before ?? null,
  ]);
  return rows;
}

/**
 * Makes deliveries due again, with all their tries: one event, or all that came to the webhook in a span of time. What
 * waits for its next try is due at once and keeps its count; what is under way or has not been tried yet is sent as it is.
 * Returns how many are sent: all of the span.
 */
export async function redeliver(
  client: PoolClient,
  force: string,
  webhookId: string,
  { eventId, since, until }: RedeliveryBody,
): Promise<number> {
  if ((eventId === undefined) === (since === undefined) || (eventId !== undefined && until !== undefined)) {
    throw new Refusal('invalid-request', 'Give either eventId, or since with an optional until.');
  }
  if (eventId !== undefined && !isUuid(eventId)) throw noDelivery();
  // The webhook's row first, as everywhere; without it the deliveries are of nobody.
  const held = await client.query(LOCK_WEBHOOK, [force, webhookId]);
  if (held.rowCount === 0) throw new Refusal('not-found', 'No webhook of this force has that id.');
  const { rowCount } = await client.query(redeliverSql(REDELIVERIES_MAX), [
    force,
    webhookId,
    eventId ?? null,
    since ?? null,
    until ?? null,
  ]);
  const count = rowCount ?? 0;
  if (count > REDELIVERIES_MAX)
    throw new Refusal(
      'invalid-request',
      `The period has more than ${REDELIVERIES_MAX} events. Choose a shorter one.`,
    );
  if (eventId !== undefined && count === 0) throw noDelivery();
  return count;
}

const noDelivery = (): Refusal =>
  new Refusal('not-found', 'This webhook has no delivery of an event with that id.');
