import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

/** Carries the signature of what a unit says: HMAC-SHA-256 over topic, attributes and value, in base64url (43 characters). */
export const SIGNATURE_HEADER = 'ce_signature';

/** What is told of a message by its topic and headers, and can be given another meaning by neither. */
const SIGNED_HEADERS = ['ce_id', 'ce_source', 'ce_type', 'ce_time', 'ce_subject', 'ce_owningforce'] as const;

/** 32 bytes in base64url, as `npm run unit-keys` makes them. */
const KEY = /^[A-Za-z0-9_-]{43}$/;

/** A message and its topic, as far as a signature is about it. */
export interface SignableMessage {
  readonly topic: string;
  readonly headers: Readonly<Record<string, string | Buffer | undefined>>;
  readonly value: Buffer | string | null;
}

/** A unit's own keys: it signs with the first, and knows its events by all of them. */
export type SigningKeys = readonly [KeyObject, ...KeyObject[]];

/** Of a list separated by commas, the newest first; undefined when one of them is no key. */
export function signingKeysOf(text: string): SigningKeys | undefined {
  const keys = text.split(',').map((key) => key.trim());
  if (!keys.every((key) => KEY.test(key))) return undefined;
  return keys.map((key) => createSecretKey(key, 'base64url')) as unknown as SigningKeys;
}

/** The headers of the message, and its signature. */
export function signed<Headers extends SignableMessage['headers']>(
  message: SignableMessage & { readonly headers: Headers },
  [key]: SigningKeys,
): Headers & { readonly [SIGNATURE_HEADER]: string } {
  return { ...message.headers, [SIGNATURE_HEADER]: signatureOf(message, key).toString('base64url') };
}

/**
 * The keys of units, each shared with intake alone: what proves that a unit said something, where the broker's access lists end
 * at the topic. Several keys of a unit are all taken, so that it can change from one to the next.
 */
export class UnitKeys {
  constructor(private readonly keys: Readonly<Record<string, SigningKeys>>) {}

  /** From `{ "fleet": "key,older key", … }`; undefined when it is anything else. */
  static parse(json: string): UnitKeys | undefined {
    const entries = Object.entries(JSON.parse(json) as object).map(
      ([unit, text]) => [unit, signingKeysOf(String(text))] as const,
    );
    return entries.every(([, keys]) => keys)
      ? new UnitKeys(Object.fromEntries(entries) as Record<string, SigningKeys>)
      : undefined;
  }

  has(unit: string): boolean {
    return Object.hasOwn(this.keys, unit);
  }

  /** Whether the unit signed the message. */
  prove(unit: string, message: SignableMessage): boolean {
    const given = Buffer.from(message.headers[SIGNATURE_HEADER]?.toString() ?? '', 'base64url');
    const keys = this.has(unit) ? this.keys[unit] : undefined;
    return (keys ?? []).some((key) => {
      const expected = signatureOf(message, key);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }
}

/** Topic and attributes are a JSON list, which no text in them can end early; then comes the value as it is sent. */
function signatureOf({ topic, headers, value }: SignableMessage, key: KeyObject): Buffer {
  const said = JSON.stringify([topic, ...SIGNED_HEADERS.map((name) => headers[name]?.toString() ?? null)]);
  return createHmac('sha256', key)
    .update(said)
    .update(value ?? '')
    .digest();
}
