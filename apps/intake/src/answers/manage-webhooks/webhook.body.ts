import {
  Instant,
  PayloadCheck,
  Refusal,
  Text,
  TextList,
  TOPIC_FAMILIES,
  YesNo,
  type FieldError,
} from '#contracts';
import { WEBHOOK_DISABLED } from '../deliver-webhooks/delivery.store.ts';

/**
 * All event types of the feed: the messages from intake to units, the events of units, and the notice that a
 * webhook was disabled.
 */
const EVENT_TYPES = [
  ...TOPIC_FAMILIES.filter(({ family }) => family === 'unit-requests' || family === 'force-events').flatMap(
    ({ messages }) => messages,
  ),
  WEBHOOK_DISABLED,
];
const URL_HELP = 'An https URL; its host must resolve to public addresses only';
const TYPES_HELP = 'Event types to deliver; leave it out for all types';

export class WebhookBody {
  @Text({ max: 2_000, help: URL_HELP }) url!: string;
  @TextList({ optional: true, min: 1, max: 50, maxLength: 100, oneOf: EVENT_TYPES, help: TYPES_HELP })
  types?: string[];
}

export class WebhookChanges {
  @Text({ optional: true, max: 2_000, help: URL_HELP }) url?: string;
  @TextList({
    optional: true,
    max: 50,
    maxLength: 100,
    oneOf: EVENT_TYPES,
    help: `${TYPES_HELP}; an empty list means all types`,
  })
  types?: string[];
  @YesNo({
    optional: true,
    help: 'false stops delivery and keeps the place in the feed; true continues from that place',
  })
  enabled?: boolean;
}

export class RedeliveryBody {
  @Text({ optional: true, max: 36, help: 'The id of one event, or the webhook-id of its delivery' })
  eventId?: string;
  @Instant({ optional: true, help: 'All events for this webhook from this time on' }) since?: string;
  @Instant({ optional: true, help: 'Together with since: only events before this time' }) until?: string;
}

const CHECKS = {
  create: new PayloadCheck(WebhookBody),
  change: new PayloadCheck(WebhookChanges),
  redeliver: new PayloadCheck(RedeliveryBody),
};

interface Bodies {
  readonly create: WebhookBody;
  readonly change: WebhookChanges;
  readonly redeliver: RedeliveryBody;
}

/** Returns the checked body, or throws `invalid-request` with a pointer to each fault. */
export function checkedBody<Kind extends keyof Bodies>(kind: Kind, body: unknown): Bodies[Kind] {
  const errors = CHECKS[kind].faults(body, '');
  if (errors.length > 0) throw faulty(errors);
  return body as Bodies[Kind];
}

export const faulty = (errors: readonly FieldError[]): Refusal =>
  new Refusal('invalid-request', 'The body is not valid; see errors.', { errors });
