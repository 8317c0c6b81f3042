import { Refusal } from '#contracts';
import { newId } from '#kernel';
import type { PoolClient } from '#persistence';
import { isVersionRead, versionChanged, type VersionRead } from '#web';
import {
  CHANGE_WEBHOOK,
  COUNT_WEBHOOKS,
  CREATE_WEBHOOK,
  DELETE_WEBHOOK,
  DROP_PREVIOUS_SECRET,
  LIST_WEBHOOKS,
  LOCK_VERSION,
  READ_WEBHOOK,
  ROTATE_SECRET,
  TRY_WAITING_NOW,
} from './webhook.sql.ts';
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
  const { rows } = await client.query<{ count: number }>(COUNT_WEBHOOKS, [force]);
  if ((rows[0]?.count ?? 0) >= WEBHOOKS_MAX)
    throw new Refusal('invalid-request', `A force has at most ${WEBHOOKS_MAX} webhooks; delete one first.`);
  const secret = newSecret();
  const created = await client.query<WebhookView>(CREATE_WEBHOOK, [
    force,
    newId(),
    webhook.url,
    webhook.types ?? null,
    secret,
    webhook.createdBy,
  ]);
  return { ...(created.rows[0] as WebhookView), secret };
}

export async function listWebhooks(client: PoolClient, force: string): Promise<WebhookView[]> {
  return (await client.query<WebhookView>(LIST_WEBHOOKS, [force])).rows;
}

export async function readWebhook(client: PoolClient, force: string, id: string): Promise<WebhookView> {
  const { rows } = await client.query<WebhookView>(READ_WEBHOOK, [force, id]);
  if (!rows[0]) throw unknown();
  return rows[0];
}

/** Holds the webhook at the version that its force has read; 404 or 412 otherwise. Everything that changes one begins so. */
async function hold(client: PoolClient, force: string, id: string, version: VersionRead): Promise<void> {
  const held = await client.query<{ version: number }>(LOCK_VERSION, [force, id]);
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
  const { rows } = await client.query<WebhookView>(CHANGE_WEBHOOK, [
    force,
    id,
    url ?? null,
    types ?? null,
    enabled ?? null,
  ]);
  if (enabled === true) {
    await client.query(TRY_WAITING_NOW, [force, id]);
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
  await client.query(DELETE_WEBHOOK, [force, id]);
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
  const { rows } = await client.query<WebhookView>(ROTATE_SECRET, [force, id, secret]);
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
  const { rows } = await client.query<WebhookView>(DROP_PREVIOUS_SECRET, [force, id]);
  return rows[0] as WebhookView;
}
