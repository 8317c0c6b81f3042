import { Refusal } from '#contracts';
import { newId } from '#kernel';
import type { PoolClient } from '#persistence';
import { isVersionRead, versionChanged, type VersionRead } from '#web';
import { newSecret } from '../deliver-webhooks/signature.ts';

/** A webhook as its force reads it; the secret is shown once, where it is made. */
export interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[] | null;
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  readonly disabledAt: Date | null;
  /** Until when the secret before the current one signs as well. */
  readonly previousSecretUntil: Date | null;
  readonly lastDeliveredAt: Date | null;
  readonly createdAt: Date;
  /** Its ETag. */
  readonly version: number;
}

/** What a change may set; what is undefined stays. */
export interface WebhookChange {
  readonly url?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly enabled?: boolean | undefined;
}

const WEBHOOKS_MAX = 10;
const SECRET_OVERLAP = `interval '24 hours'`;
const VIEW = `id, url, types, enabled, disabled_reason as "disabledReason", disabled_at as "disabledAt",
  case when previous_secret_until > now() then previous_secret_until end as "previousSecretUntil",
  last_delivered_at as "lastDeliveredAt", created_at as "createdAt", version`;

const unknown = (): Refusal => new Refusal('not-found', 'No webhook of this force has that id.');

/** A new webhook begins with what happens from now on: what was before stands in the feed. */
export async function createWebhook(
  client: PoolClient,
  force: string,
  webhook: {
    readonly url: string;
    readonly types?: readonly string[] | undefined;
    readonly createdBy: string;
  },
): Promise<WebhookView & { readonly secret: string }> {
  // Those who create at once take turns, so that the bound holds.
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`webhooks of ${force}`]);
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from webhook where owning_force = $1',
    [force],
  );
  if ((rows[0]?.count ?? 0) >= WEBHOOKS_MAX)
    throw new Refusal('invalid-request', `A force has at most ${WEBHOOKS_MAX} webhooks; delete one first.`);
  const secret = newSecret();
  const created = await client.query<WebhookView>(
    `insert into webhook (owning_force, id, url, types, secret, created_by, cursor_xid, cursor_position)
      values ($1, $2, $3, $4, $5, $6, (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint - 1, 9223372036854775807) returning ${VIEW}`,
    [force, newId(), webhook.url, webhook.types ?? null, secret, webhook.createdBy],
  );
  return { ...(created.rows[0] as WebhookView), secret };
}

export async function listWebhooks(client: PoolClient, force: string): Promise<WebhookView[]> {
  return (
    await client.query<WebhookView>(
      `select ${VIEW} from webhook where owning_force = $1 order by created_at, id`,
      [force],
    )
  ).rows;
}

export async function readWebhook(client: PoolClient, force: string, id: string): Promise<WebhookView> {
  const { rows } = await client.query<WebhookView>(
    `select ${VIEW} from webhook where owning_force = $1 and id = $2`,
    [force, id],
  );
  if (!rows[0]) throw unknown();
  return rows[0];
}

/** Holds the webhook at the version that its force has read; 404 or 412 otherwise. Everything that changes one begins so. */
async function hold(client: PoolClient, force: string, id: string, version: VersionRead): Promise<void> {
  const held = await client.query<{ version: number }>(
    'select version from webhook where owning_force = $1 and id = $2 for update',
    [force, id],
  );
  const current = held.rows[0]?.version;
  if (current === undefined) throw unknown();
  if (!isVersionRead(current, version)) throw versionChanged(current);
}

/** An empty list of types is all of them. Whatever waits is due at once when it is enabled. */
export async function changeWebhook(
  client: PoolClient,
  force: string,
  id: string,
  version: VersionRead,
  change: WebhookChange,
): Promise<WebhookView> {
  await hold(client, force, id, version);
  const { url, types, enabled } = change;
  const { rows } = await client.query<WebhookView>(
    `update webhook set version = version + 1, url = coalesce($3, url), types = case when $4::text[] is null then types else nullif($4, '{}') end,
      enabled = coalesce($5, enabled), disabled_at = case $5 when true then null when false then coalesce(disabled_at, now()) else disabled_at end,
      disabled_reason = case $5 when true then null when false then coalesce(disabled_reason, 'Disabled by the force.') else disabled_reason end
      where owning_force = $1 and id = $2 returning ${VIEW}`,
    [force, id, url ?? null, types ?? null, enabled ?? null],
  );
  if (enabled === true) {
    await client.query(
      `update webhook_delivery set next_try_at = now()
        where owning_force = $1 and webhook_id = $2 and state = 'waiting' and next_try_at > now() and last_error is not null`,
      [force, id],
    );
  }
  return rows[0] as WebhookView;
}

/** The webhook and the log of its deliveries; its events stay in the feed. */
export async function deleteWebhook(
  client: PoolClient,
  force: string,
  id: string,
  version: VersionRead,
): Promise<void> {
  await hold(client, force, id, version);
  await client.query('delete from webhook where owning_force = $1 and id = $2', [force, id]);
}

/** A new secret; the one before signs beside it for a day, or until it is taken away. */
export async function rotateSecret(
  client: PoolClient,
  force: string,
  id: string,
  version: VersionRead,
): Promise<WebhookView & { readonly secret: string }> {
  await hold(client, force, id, version);
  const secret = newSecret();
  const { rows } = await client.query<WebhookView>(
    `update webhook set version = version + 1, previous_secret = secret, previous_secret_until = now() + ${SECRET_OVERLAP}, secret = $3
      where owning_force = $1 and id = $2 returning ${VIEW}`,
    [force, id, secret],
  );
  return { ...(rows[0] as WebhookView), secret };
}

/** The secret before the current one signs no more, from the next try on. */
export async function dropPreviousSecret(
  client: PoolClient,
  force: string,
  id: string,
  version: VersionRead,
): Promise<WebhookView> {
  await hold(client, force, id, version);
  const { rows } = await client.query<WebhookView>(
    `update webhook set version = version + 1, previous_secret = null, previous_secret_until = null
      where owning_force = $1 and id = $2 returning ${VIEW}`,
    [force, id],
  );
  return rows[0] as WebhookView;
}
