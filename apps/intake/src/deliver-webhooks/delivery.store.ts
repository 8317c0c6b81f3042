import { newId } from '#kernel';
import { appendEvents, type PoolClient } from '#persistence';
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
/** So much of the feed waits at one destination; the rest stays in the feed until there is room. */
const WAITING_MAX = 1_000;

/** The force's webhooks that are delivered to. Secrets: the current one, and the one before while it is live. */
export async function destinationsOf(client: PoolClient, force: string): Promise<Destination[]> {
  const { rows } = await client.query<Destination>({
    name: 'webhook-destinations',
    text: `select id, url, created_by as "createdBy",
        case when previous_secret_until > now() then array[secret, previous_secret] else array[secret] end as secrets
      from webhook where owning_force = $1 and enabled order by id`,
    values: [force],
  });
  return rows;
}

/** Moves the webhook's cursor along the feed and notes what it is to be sent. Another replica that does so is left to it. */
export async function takeFromFeed(client: PoolClient, force: string, webhookId: string): Promise<void> {
  const hook = await client.query<{ types: string[] | null; xid: string; position: string; room: number }>({
    name: 'webhook-cursor',
    text: `select types, cursor_xid as xid, cursor_position as position, ${WAITING_MAX} - (select count(*)::int from (
        select 1 from webhook_delivery where owning_force = $1 and webhook_id = $2 and state = 'waiting' limit ${WAITING_MAX}) as waiting) as room
      from webhook where owning_force = $1 and id = $2 and enabled for update skip locked`,
    values: [force, webhookId],
  });
  const at = hook.rows[0];
  if (!at || at.room <= 0) return;
  await client.query({
    name: 'webhook-take-from-feed',
    text: `with page as materialized (
        select event_id, request_id, type, xid, position from event
        where owning_force = $1 and (xid, position) > ($3::bigint, $4::bigint)
          and xid < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint
        order by xid, position limit $5
      ), noted as (
        insert into webhook_delivery (owning_force, webhook_id, event_id, position, request_id)
        select $1, $2, event_id, position, request_id from page where $6::text[] is null or type = any ($6::text[])
        on conflict do nothing
      ), last as (select xid, position from page order by xid desc, position desc limit 1)
      update webhook set cursor_xid = last.xid, cursor_position = last.position from last where owning_force = $1 and id = $2`,
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
    text: `with due as materialized (
        select event_id from webhook_delivery as due
        where owning_force = $1 and webhook_id = $2 and state = 'waiting' and next_try_at <= now()
          and not exists (select from webhook_delivery as earlier where earlier.owning_force = $1 and earlier.webhook_id = $2
            and earlier.state = 'waiting' and earlier.request_id = due.request_id and earlier.position < due.position)
        order by next_try_at, position limit $3 for update skip locked
      )
      update webhook_delivery as taken set tries = tries + 1, last_try_at = clock_timestamp(), last_status = null, last_error = null,
        first_try_at = coalesce(first_try_at, clock_timestamp()), next_try_at = clock_timestamp() + $4 * interval '1 millisecond'
      from due join event on event.owning_force = $1 and event.event_id = due.event_id
      where taken.owning_force = $1 and taken.webhook_id = $2 and taken.event_id = due.event_id
      returning taken.tries, event.event_id as id, event.type, event.time, event.request_id as "requestId", event.data, event.xid, event.position`,
    values: [force, webhookId, limit, leaseMs],
  });
  return rows.map(({ tries, xid, position, ...item }) => ({ tries, item, place: [xid, position] }));
}

interface Judged {
  readonly state: 'waiting' | 'given-up';
  readonly unanswered: boolean;
}

/**
 * Notes what became of a try; a try that somebody has taken on since changes nothing. The webhook is disabled, and its force
 * told in the feed, when an event was given up and nothing else arrived since its first try, or the receiver said 410.
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
  // Always the webhook first, then its deliveries: whoever changes both waits here and never in a circle.
  const hook = await client.query('select from webhook where owning_force = $1 and id = $2 for update', [
    force,
    webhookId,
  ]);
  if (hook.rowCount === 0) return;
  const ours = `owning_force = $1 and webhook_id = $2 and event_id = $3 and state = 'waiting' and tries = $4`;
  const key = [force, webhookId, eventId, tries];
  if (error === null) {
    await client.query({
      name: 'webhook-delivered',
      text: `with delivered as (
          update webhook_delivery set state = 'delivered', delivered_at = clock_timestamp(), last_status = $5, last_error = null where ${ours}
          returning webhook_id)
        update webhook set last_delivered_at = clock_timestamp() from delivered where owning_force = $1 and id = delivered.webhook_id`,
      values: [...key, status],
    });
    return;
  }
  const gone = status === 410;
  const wait = gone ? undefined : waitAfter(settings, tries, retryAfterMs);
  const judged = await client.query<Judged>({
    name: 'webhook-failed',
    text: `update webhook_delivery set state = case when $7::float8 is null then 'given-up' else 'waiting' end, tries = least(tries, $8),
        last_status = $5, last_error = $6, next_try_at = clock_timestamp() + coalesce($7, 0) * interval '1 second'
      where ${ours}
      returning state, not exists (select from webhook where owning_force = $1 and id = $2 and last_delivered_at >= first_try_at) as unanswered`,
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
  const { rows } = await client.query<{ url: string; at: Date }>(
    `update webhook set enabled = false, disabled_reason = $3, disabled_at = date_trunc('milliseconds', clock_timestamp()), version = version + 1
      where owning_force = $1 and id = $2 and enabled returning url, disabled_at as at`,
    [force, webhookId, reason],
  );
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
