import { randomFillSync } from 'node:crypto';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** Random bytes are drawn in blocks, so that one system call serves 400 ids. */
const pool = new Uint8Array(4000);
let drawn = pool.length;
let lastMillisecond = 0;
let sequence = 0;

export const UUID_PATTERN = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
const UUID = new RegExp(UUID_PATTERN);

/** True for a lower-case hyphenated UUID, the only spelling on the wire and in the database. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}

/** Makes a UUID version 7 (RFC 9562). These are ordered by time, so that index pages fill from the right. */
export function newId(now: number = Date.now()): string {
  if (drawn + 10 > pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  if (now > lastMillisecond) {
    lastMillisecond = now;
    sequence = 0;
  } else {
    // If the clock stops or steps back, the ids still rise within this process.
    now = lastMillisecond;
    sequence += 1;
    if (sequence > 0xfff) {
      lastMillisecond += 1;
      now = lastMillisecond;
      sequence = 0;
    }
  }
  const high = Math.floor(now / 0x10000);
  const low = now & 0xffff;
  const byte = (offset: number): string => HEX[pool[drawn + offset] as number] as string;
  const hex = (value: number): string => HEX[value & 0xff] as string;
  const id =
    `${hex(high >>> 24)}${hex(high >>> 16)}${hex(high >>> 8)}${hex(high)}-${hex(low >>> 8)}${hex(low)}-` +
    `7${(sequence >>> 8).toString(16)}${hex(sequence)}-` +
    `${hex(((pool[drawn] as number) & 0x3f) | 0x80)}${byte(1)}-` +
    `${byte(2)}${byte(3)}${byte(4)}${byte(5)}${byte(6)}${byte(7)}`;
  drawn += 8;
  return id;
}
