import type { OutboxRow } from '#contracts';

/** A generous size of the framing per message and header, in bytes. */
const FRAME_BYTES = 32;

/** Splits rows into lanes. All rows of one key are in the same lane, in order. */
export function byLane(rows: readonly OutboxRow[], lanes: number): OutboxRow[][] {
  const split: OutboxRow[][] = Array.from({ length: lanes }, () => []);
  for (const row of rows) (split[row.key === null ? 0 : hash(row.key) % lanes] as OutboxRow[]).push(row);
  return split;
}

/** Groups rows by topic, in order. */
export function byTopic(rows: readonly OutboxRow[]): Map<string, OutboxRow[]> {
  const split = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const ofTopic = split.get(row.topic);
    if (ofTopic) ofTopic.push(row);
    else split.set(row.topic, [row]);
  }
  return split;
}

/** Cuts rows into sends below a size. A larger row goes alone, and the broker decides on it. */
export function bySize(rows: readonly OutboxRow[], bytesMax: number): OutboxRow[][] {
  const parts: OutboxRow[][] = [];
  let part: OutboxRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = sizeOf(row);
    if (part.length > 0 && bytes + size > bytesMax) {
      parts.push(part);
      part = [];
      bytes = 0;
    }
    part.push(row);
    bytes += size;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

function sizeOf(row: OutboxRow): number {
  let bytes = FRAME_BYTES + (row.key?.length ?? 0) + Buffer.byteLength(row.value);
  for (const name in row.headers)
    bytes += FRAME_BYTES + name.length + Buffer.byteLength(row.headers[name] as string);
  return bytes;
}

/** FNV-1a, which is short and even enough over request ids. */
function hash(key: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1)
    value = Math.imul(value ^ key.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
