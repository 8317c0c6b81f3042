import type { Schema } from '#contracts';
import {
  answerSchema,
  COUNT,
  json,
  listOf,
  MOMENT,
  orNull,
  TEXT,
  UUID,
  type DescribedAnswer,
  type DescribedContent,
  type DescribedParameter,
} from '#web';
import { DELIVERY_STATES, type DeliveryView } from './deliveries.store.ts';
import type { WebhookView } from './webhook.store.ts';

const FIELDS = {
  id: UUID,
  url: TEXT,
  types: orNull({ ...listOf(TEXT), description: 'Event types that are delivered; null: all' }),
  enabled: { type: 'boolean' },
  disabledReason: orNull(TEXT),
  disabledAt: orNull(MOMENT),
  previousSecretUntil: orNull({
    ...MOMENT,
    description: 'Until when the secret before the current one signs as well',
  }),
  lastDeliveredAt: orNull(MOMENT),
  createdAt: MOMENT,
  version: COUNT,
} satisfies Record<keyof WebhookView, Schema>;

export const WEBHOOK = answerSchema<WebhookView>(FIELDS);
const SECRET: Schema = {
  ...TEXT,
  description: 'Shown this once: `whsec_` and base64, as Standard Webhooks has it',
};
export const WEBHOOK_WITH_SECRET = answerSchema<WebhookView & { secret: string }>({
  ...FIELDS,
  secret: SECRET,
});

export const DELIVERY = answerSchema<DeliveryView>({
  eventId: { ...UUID, description: 'The webhook-id under which it is sent' },
  type: TEXT,
  requestId: orNull(UUID),
  state: { type: 'string', enum: DELIVERY_STATES },
  tries: COUNT,
  lastTryAt: orNull(MOMENT),
  lastStatus: orNull(COUNT),
  lastError: orNull(TEXT),
  nextTryAt: orNull({
    ...MOMENT,
    description:
      'While a try is under way: when it counts as lost. Null when nothing is waited for: it is due now, or it is not sent at all',
  }),
  deliveredAt: orNull(MOMENT),
});

export const WEBHOOK_ID: Readonly<Record<string, DescribedParameter>> = {
  id: { help: 'Id of the webhook, as the 201 gave it', schema: UUID },
};

export const IF_MATCH: Readonly<Record<string, DescribedParameter>> = {
  'If-Match': { required: true, help: 'ETag of the version that was read', schema: TEXT },
};

/** An answer with a webhook and its ETag. */
export const withTag = (means: string, schema: Schema): DescribedAnswer => ({
  means,
  headers: { etag: 'Version of the webhook' },
  content: json(schema),
});

export const items = (schema: Schema): DescribedContent =>
  json({ type: 'object', properties: { items: listOf(schema), next: TEXT }, required: ['items'] });
