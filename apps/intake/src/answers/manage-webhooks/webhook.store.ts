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

/** A webhook as its force reads it. Only the answer that creates a secret shows it. */
export interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[] | null;
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  readonly disabledAt: Date | null;
  /** Until this time the previous secret signs as well. */
  readonly previousSecretUntil: Date | null;
  readonly lastDeliveredAt: Date | null;
  readonly createdAt: Date;
  /** The version is the ETag. */
  readonly version: number;
}

/** The fields that a change may set; a field that is undefined stays as it is. */
export interface WebhookChange {
  readonly url?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly enabled?: boolean | undefined;
}

const WEBHOOKS_MAX = 10;

const notFound = (): Refusal => new Refusal('not-found', 'No webhook of this force has that id.');

/** Creates a webhook that begins with the next event. Earlier events are in the feed. */
export async function createWebhook(
  client: PoolClient,
  force: string,
  webhook: {
    readonly url: string;
    readonly types?: readonly string[] | undefined;
    readonly createdBy: string;
  },
): Promise<WebhookView & { readonly secret: string }> {
  // The lock makes calls at the same moment take turns, so that none passes the limit.
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`webhooks of ${force}`]);
  const { rows } = await client.query<{ count: number }>(COUNT_WEBHOOKS, [force]);
  if ((rows[0]?.count ?? 0) >= WEBHOOKS_MAX)
    throw new Refusal(
      'invalid-request',
      `A force can have at most ${WEBHOOKS_MAX} webhooks. Delete one first.`,
    );
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
  if (!rows[0]) throw notFound();
  return rows[0];
}

/**
 * Locks the webhook at the version that its force has read, or throws 404 or 412. Every change begins with
 * it.
 */
async function lockVersion(
  client: PoolClient,
  force: string,
  id: string,
  version: VersionRead,
): Promise<void> {
  const held = await client.query<{ version: number }>(LOCK_VERSION, [force, id]);
  const current = held.rows[0]?.version;
  if (current === undefined) throw notFound();
  if (!isVersionRead(current, version)) throw versionChanged(current);
}

/**
 * Changes a webhook. An empty list of types means all types. Enabling it makes every waiting delivery due at
 * once.
 */
export async function changeWebhook(
  client: PoolClient,
  force: string,
  id: string,
  version: VersionRead,
  change: WebhookChange,
): Promise<WebhookView> {
  await lockVersion(client, force, id, version);
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

/** Deletes the webhook and its log of deliveries. The events stay in the feed. */
export async function deleteWebhook(
  client: PoolClient,
  force: string,
  id: string,
  version: VersionRead,
): Promise<void> {
  await lockVersion(client, force, id, version);
  await client.query(DELETE_WEBHOOK, [force, id]);
}

/** Makes a new secret. The previous one also signs for a day, or until it is deleted. */
export async function rotateSecret(
  client: PoolClient,
  force: string,
  id: string,
  version: VersionRead,
): Promise<WebhookView & { readonly secret: string }> {
  await lockVersion(client, force, id, version);
  const secret = newSecret();
  const { rows } = await client.query<WebhookView>(ROTATE_SECRET, [force, id, secret]);
  return { ...(rows[0] as WebhookView), secret };
}

/** Deletes the previous secret: from the next try on, it no longer signs. */
export async function dropPreviousSecret(
  client: PoolClient,
  force: string,
  id: string,
  version: VersionRead,
): Promise<WebhookView> {
  await lockVersion(client, force, id, version);
  const { rows } = await client.query<WebhookView>(DROP_PREVIOUS_SECRET, [force, id]);
  return rows[0] as WebhookView;
}
