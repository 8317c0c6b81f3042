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
  type DescribedParameter,
} from '#web';
import { DELIVERY_STATES, type DeliveryView } from './deliveries.store.ts';
import type { WebhookView } from './webhook.store.ts';

const FIELDS = {
  id: UUID,
  url: TEXT,
  types: orNull({ ...listOf(TEXT), description: 'Event types to deliver; null for all types' }),
  enabled: { type: 'boolean' },
  disabledReason: orNull(TEXT),
  disabledAt: orNull(MOMENT),
  previousSecretUntil: orNull({
    ...MOMENT,
    description: 'The previous secret also signs until this time',
  }),
  lastDeliveredAt: orNull(MOMENT),
  createdAt: MOMENT,
  version: COUNT,
} satisfies Record<keyof WebhookView, Schema>;

export const WEBHOOK = answerSchema<WebhookView>(FIELDS);
const SECRET: Schema = {
  ...TEXT,
  description: 'Shown only in this answer. `whsec_` and base64, the format of Standard Webhooks',
};
export const WEBHOOK_WITH_SECRET = answerSchema<WebhookView & { secret: string }>({
  ...FIELDS,
  secret: SECRET,
});

export const DELIVERY = answerSchema<DeliveryView>({
  eventId: { ...UUID, description: 'The webhook-id of the delivery' },
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
      'The time of the next try. During a try: the time after which the try counts as lost. Null if the delivery is due now or is not sent again',
  }),
  deliveredAt: orNull(MOMENT),
});

export const WEBHOOK_ID: Readonly<Record<string, DescribedParameter>> = {
  id: { help: 'The id of the webhook, from the 201', schema: UUID },
};

export const IF_MATCH: Readonly<Record<string, DescribedParameter>> = {
  'If-Match': { required: true, help: 'The ETag of the version that you read', schema: TEXT },
};

/** Describes an answer that holds a webhook and its ETag. */
export const withTag = (means: string, schema: Schema): DescribedAnswer => ({
  means,
  headers: { etag: 'Version of the webhook' },
  content: json(schema),
});
