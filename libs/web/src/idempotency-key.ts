import { Refusal } from '#contracts';

const VISIBLE_ASCII = /^[\x21-\x7e]{1,128}$/;
const QUOTED = /^"([\x21\x23-\x5b\x5d-\x7e]{1,128})"$/;

/**
 * Reads the Idempotency-Key header, 1 to 128 visible ASCII characters. The quoted form of the IETF draft, a
 * structured field string, means the same key as the bare one.
 */
export function requireIdempotencyKey(header: string | readonly string[] | undefined): string {
  if (typeof header === 'string') {
    const quoted = QUOTED.exec(header);
    if (quoted !== null) return quoted[1] as string;
    if (VISIBLE_ASCII.test(header)) return header;
  }
  throw new Refusal(
    'missing-idempotency-key',
    'Send one Idempotency-Key header of 1 to 128 visible ASCII characters, without spaces.',
  );
}
