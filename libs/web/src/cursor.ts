import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { Refusal } from '#contracts';
import type { ForceCaller, StaffCaller } from './caller.ts';
import type { CursorKeys } from './cursor-keys.ts';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCE_AT = 1 + KEY_ID_BYTES;
const PLACE_AT = NONCE_AT + NONCE_BYTES;
/** Every place is padded to a multiple of this, because its length would reveal its number of digits. */
const BLOCK_BYTES = 48;
const CURSOR_LENGTH_MAX = 512;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

const FROM_THE_BEGINNING = 'To start from the beginning, leave the cursor out.';

/** One list as one caller reads it. A cursor is not valid for another list, force or person. */
export interface CursorScope {
  readonly list: string;
  readonly caller: Pick<ForceCaller, 'kind' | 'force'> | Pick<StaffCaller, 'kind' | 'unit' | 'person'>;
}

/** The keys derived from one configured key, one for each use. */
interface SealKey {
  /** Identifies the key that sealed a cursor, and reveals nothing else. */
  readonly id: Buffer;
  readonly seal: KeyObject;
  readonly nonce: KeyObject;
}

/**
 * Seals places in lists. A place counts the rows of all forces, so a client must not be able to read it. The
 * content of a cursor is encrypted and bound to its scope (decision 0031). The same place in the same scope
 * gives the same cursor.
 */
export class Cursors {
  private readonly current: SealKey;
  private readonly keys: readonly SealKey[];

  constructor({ current, second }: CursorKeys) {
    this.current = sealKey(current);
    this.keys = [this.current, ...(second === undefined ? [] : [sealKey(second)])];
  }

  seal(scope: CursorScope, place: unknown): string {
    const { id, seal, nonce } = this.current;
    const bound = boundTo(scope);
    const text = filledUp(JSON.stringify(place));
    // The nonce is derived from the content, so two places never share one, even across many processes.
    const own = createHmac('sha256', nonce).update(bound).update(text).digest().subarray(0, NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, seal, own, { authTagLength: TAG_BYTES }).setAAD(bound);
    const sealed = cipher.update(text);
    cipher.final();
    return Buffer.concat([Buffer.of(VERSION), id, own, sealed, cipher.getAuthTag()]).toString('base64url');
  }

  /**
   * Reads a cursor. Throws `invalid-cursor` unless `seal` made it for this scope and `isPlace` accepts its
   * content.
   */
  open<Place>(scope: CursorScope, text: string, isPlace: (value: unknown) => value is Place): Place {
    if (text.length > CURSOR_LENGTH_MAX || !BASE64URL.test(text)) throw notOurs();
    const bytes = Buffer.from(text, 'base64url');
    // Base64 can spell the same bytes in several ways; only ours is accepted.
    if (bytes.toString('base64url') !== text) throw notOurs();
    if (isUnsealed(bytes))
      throw invalid(`This cursor has an old format that is no longer accepted. ${FROM_THE_BEGINNING}`);
    if (bytes[0] !== VERSION || bytes.length <= PLACE_AT + TAG_BYTES) throw notOurs();
    const key = this.keys.find(({ id }) => timingSafeEqual(id, bytes.subarray(1, NONCE_AT)));
    if (key === undefined)
      throw invalid(`This cursor has expired: its key is no longer in use. ${FROM_THE_BEGINNING}`);
    const place = opened(key, scope, bytes);
    if (!isPlace(place)) throw notOurs();
    return place;
  }
}

function sealKey(secret: Buffer): SealKey {
  const derived = (use: string, bytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, '', `concordat cursor ${use}`, bytes));
  return {
    id: derived('id', KEY_ID_BYTES),
    seal: createSecretKey(derived('seal', 32)),
    nonce: createSecretKey(derived('nonce', 32)),
  };
}

function filledUp(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  return Buffer.from(text + ' '.repeat((BLOCK_BYTES - (bytes % BLOCK_BYTES)) % BLOCK_BYTES), 'utf8');
}

/**
 * All clients of a force share its cursors, so that a new client can continue where the previous one stopped.
 */
function boundTo({ list, caller }: CursorScope): Buffer {
  const reader = caller.kind === 'force' ? ['force', caller.force] : ['staff', caller.unit, caller.person];
  return Buffer.from(JSON.stringify([list, ...reader]), 'utf8');
}

/** Returns the place inside; undefined if the cursor or its scope differs in any way from what was sealed. */
function opened({ seal }: SealKey, scope: CursorScope, bytes: Buffer): unknown {
  const decipher = createDecipheriv(ALGORITHM, seal, bytes.subarray(NONCE_AT, PLACE_AT), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(boundTo(scope))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(PLACE_AT, -TAG_BYTES));
    decipher.final();
    return JSON.parse(text.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** Cursors were once readable JSON, and clients may have kept one. */
function isUnsealed(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

function notOurs(): Refusal {
  return invalid(
    `This cursor is not from this list. Send the cursor from next or the Link header unchanged, to the same list. ${FROM_THE_BEGINNING}`,
  );
}

const invalid = (detail: string): Refusal => new Refusal('invalid-cursor', detail);
