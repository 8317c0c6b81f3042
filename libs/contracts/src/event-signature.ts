import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

/**
 * This header carries a unit's signature: HMAC-SHA-256 of topic, attributes and value, in base64url (43
 * characters).
 */
export const SIGNATURE_HEADER = 'ce_signature';

/** The signature covers these headers, so that nobody can change the meaning of a signed message. */
const SIGNED_HEADERS = ['ce_id', 'ce_source', 'ce_type', 'ce_time', 'ce_subject', 'ce_owningforce'] as const;

/** A key is 32 bytes in base64url; `npm run unit-keys` makes them. */
const KEY = /^[A-Za-z0-9_-]{43}$/;

/** The parts of a message that a signature covers. */
export interface SignableMessage {
  readonly topic: string;
  readonly headers: Readonly<Record<string, string | Buffer | undefined>>;
  readonly value: Buffer | string | null;
}

/** A unit signs with the first of its keys and recognises its own events by all of them. */
export type SigningKeys = readonly [KeyObject, ...KeyObject[]];

/** Reads keys separated by commas, the newest first; undefined if one of them is not a key. */
export function signingKeysOf(text: string): SigningKeys | undefined {
  const keys = text.split(',').map((key) => key.trim());
  if (!keys.every((key) => KEY.test(key))) return undefined;
  return keys.map((key) => createSecretKey(key, 'base64url')) as unknown as SigningKeys;
}

/** Returns the headers of the message together with its signature. */
export function signed<Headers extends SignableMessage['headers']>(
  message: SignableMessage & { readonly headers: Headers },
  [key]: SigningKeys,
): Headers & { readonly [SIGNATURE_HEADER]: string } {
  return { ...message.headers, [SIGNATURE_HEADER]: signatureOf(message, key).toString('base64url') };
}

/**
 * The keys of the units, each shared with intake alone. They prove which unit wrote an event, because the
 * broker's access lists only protect whole topics. All keys of a unit are accepted, so that it can change
 * from one to the next.
 */
export class UnitKeys {
  constructor(private readonly keys: Readonly<Record<string, SigningKeys>>) {}

  /** Reads `{ "fleet": "key,older key", … }`; undefined for anything else. */
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

  /** True if the unit signed the message. */
  prove(unit: string, message: SignableMessage): boolean {
    const given = Buffer.from(message.headers[SIGNATURE_HEADER]?.toString() ?? '', 'base64url');
    const keys = this.has(unit) ? this.keys[unit] : undefined;
    return (keys ?? []).some((key) => {
      const expected = signatureOf(message, key);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }
}

/**
 * Signs topic and attributes as a JSON list, which no text in them can end early, followed by the bytes of
 * the value.
 */
function signatureOf({ topic, headers, value }: SignableMessage, key: KeyObject): Buffer {
  const head = JSON.stringify([topic, ...SIGNED_HEADERS.map((name) => headers[name]?.toString() ?? null)]);
  return createHmac('sha256', key)
    .update(head)
    .update(value ?? '')
    .digest();
}
