import { isInstant } from './instants.ts';
import { INTAKE_BOUNDS, parseBoundedJson, type JsonBounds } from './bounded-json.ts';
import { Refusal } from './problem.ts';

/** One message on any topic, with its CloudEvents 1.0 attributes and the decoded value. */
export interface Envelope<Value = unknown> {
  /** CloudEvents id, at most 200 characters. Together with the owning force it identifies a repeat. */
  readonly id: string;
  /** CloudEvents source, such as `/force/bedfordshire` or `/unit/fleet`. */
  readonly source: string;
  /** One of `MESSAGE_TYPES`. */
  readonly type: string;
  /** The RFC 3339 time of the event. */
  readonly time: string;
  /** The request id, which is also the Kafka key. Absent on messages from a force. */
  readonly subject?: string;
  /** The force that owns the record. On a force's own topics it must be the force of the topic. */
  readonly owningForce?: string;
  /** W3C trace context, carried from the submission to the answer. */
  readonly traceparent?: string;
  readonly value: Value;
}

/** A Kafka message in the CloudEvents Kafka protocol binding, binary content mode. */
export interface WireMessage {
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer | null;
}

/** W3C trace context, version 0: the trace, the parent and the flags. */
export const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;
/** The longest id that a message may have. */
export const MESSAGE_ID_MAX = 200;

export function isTraceparent(text: unknown): text is string {
  return typeof text === 'string' && TRACEPARENT.test(text);
}

/**
 * Builds the headers of the binary mode. Undefined attributes are left out, because an empty header would be
 * a value.
 */
export function envelopeHeaders(envelope: Omit<Envelope, 'value'>): Record<string, string> {
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: envelope.id,
    ce_source: envelope.source,
    ce_type: envelope.type,
    ce_time: envelope.time,
    'content-type': 'application/json',
  };
  if (envelope.subject !== undefined) headers['ce_subject'] = envelope.subject;
  if (envelope.owningForce !== undefined) headers['ce_owningforce'] = envelope.owningForce;
  if (envelope.traceparent !== undefined) headers['ce_traceparent'] = envelope.traceparent;
  return headers;
}

export function encodeEnvelope(
  envelope: Envelope,
  key: string | null = envelope.subject ?? null,
): WireMessage {
  return { key, headers: envelopeHeaders(envelope), value: Buffer.from(JSON.stringify(envelope.value)) };
}

/** Reads a message of any publisher. It throws only a Refusal, which says what is wrong with the message. */
export function decodeEnvelope(message: WireMessage, bounds: JsonBounds = INTAKE_BOUNDS): Envelope {
  const { headers } = message;
  const attribute = (name: string): string => {
    const text = headers[`ce_${name}`];
    if (text === undefined || text.length === 0 || text.length > MESSAGE_ID_MAX) {
      throw new Refusal(
        'invalid-request',
        `The header ce_${name} must be present, with 1 to ${MESSAGE_ID_MAX} characters.`,
      );
    }
    return text;
  };
  if (headers['ce_specversion'] !== '1.0') {
    throw new Refusal(
      'invalid-request',
      'The header ce_specversion must be 1.0 (CloudEvents Kafka binding, binary mode).',
    );
  }
  const contentType = headers['content-type'];
  if (
    contentType !== undefined &&
    !/^application\/(?:[a-z.+-]+\+)?json\s*(?:;.*)?$/i.test(contentType.trim())
  ) {
    throw new Refusal('unsupported-media-type', 'The header content-type must be application/json.');
  }
  const id = attribute('id');
  const source = attribute('source');
  const type = attribute('type');
  const time = attribute('time');
  if (!isInstant(time))
    throw new Refusal('invalid-request', 'The header ce_time must be an RFC 3339 date and time.');
  if (message.value === null) throw new Refusal('malformed-json', 'The message has no value.');
  const value = parseBoundedJson(message.value, bounds);
  const traceparent = headers['ce_traceparent'];
  return {
    id,
    source,
    type,
    time,
    value,
    ...(headers['ce_subject'] !== undefined && { subject: headers['ce_subject'] }),
    ...(headers['ce_owningforce'] !== undefined && { owningForce: headers['ce_owningforce'] }),
    // A malformed trace is dropped, because tracing must never make a request fail.
    ...(isTraceparent(traceparent) && { traceparent }),
  };
}
