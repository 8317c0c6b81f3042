import { Refusal } from '#contracts';
import { isUuid } from '#kernel';
import type { PoolClient } from '#persistence';
import { LOCK_WEBHOOK } from '../deliver-webhooks/delivery.sql.ts';
import { listDeliveriesSql, redeliverSql } from './deliveries.sql.ts';
import type { RedeliveryBody } from './webhook.body.ts';

export const DELIVERY_STATES = ['waiting', 'delivered', 'given-up'] as const;

/** The delivery of one event to one webhook. */
export interface DeliveryView {
  readonly eventId: string;
  readonly type: string;
  readonly requestId: string | null;
  readonly state: (typeof DELIVERY_STATES)[number];
  readonly tries: number;
  readonly lastTryAt: Date | null;
  /** The receiver's status in the last try; null if it did not answer, or during the try. */
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  /**
   * During a try: the time after which the try counts as lost. Null if the delivery is due now, or is not
   * sent again.
   */
  readonly nextTryAt: Date | null;
  readonly deliveredAt: Date | null;
}

/** More events than this would flood the receiver, so the force must choose a shorter period. */
const REDELIVERIES_MAX = 10_000;

/** Lists deliveries, newest first. `before` is the position of the last one on the previous page. */
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
 * Makes deliveries due again with a full set of tries: one event, or all events of the webhook in a period. A
 * delivery that waits for its next try is due at once and keeps its count; one that is being sent or was not
 * tried yet is left as it is. Returns the number of events that will be sent.
 */
export async function redeliver(
  client: PoolClient,
  force: string,
  webhookId: string,
  { eventId, since, until }: RedeliveryBody,
): Promise<number> {
  if ((eventId === undefined) === (since === undefined) || (eventId !== undefined && until !== undefined)) {
    throw new Refusal('invalid-request', 'Send either eventId, or since with an optional until.');
  }
  if (eventId !== undefined && !isUuid(eventId)) throw noDelivery();
  // Lock the webhook first, as every change does. Without the webhook there are no deliveries.
  const locked = await client.query(LOCK_WEBHOOK, [force, webhookId]);
  if (locked.rowCount === 0) throw new Refusal('not-found', 'No webhook of this force has that id.');
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
