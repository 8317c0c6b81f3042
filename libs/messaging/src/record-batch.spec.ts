import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import {
  batchBytes,
  HEADERS_MAX,
  HEADERS_OF_BATCH_MAX,
  readRecordBatch,
  RECORDS_MAX,
  UNPACKED_BYTES_MAX,
  UNREAD,
} from './record-batch.ts';

const varInt = (value: number): Buffer => {
  const bytes: number[] = [];
  for (let left = (value << 1) ^ (value >> 31); ; left >>>= 7) {
    if (left >>> 7 === 0) return Buffer.from([...bytes, left]);
    bytes.push((left & 0x7f) | 0x80);
  }
};
const withLength = (text: string | null): Buffer =>
  text === null ? varInt(-1) : Buffer.concat([varInt(Buffer.byteLength(text)), Buffer.from(text)]);
const record = (
  delta: number,
  value: string | null,
  headers: readonly (readonly [string, string | null])[] = [],
): Buffer => {
  const body = Buffer.concat([
    Buffer.from([0]),
    varInt(7),
    varInt(delta),
    withLength(`key ${delta}`),
    withLength(value),
    varInt(headers.length),
    ...headers.flatMap(([name, text]) => [withLength(name), withLength(text)]),
  ]);
  return Buffer.concat([varInt(body.length), body]);
};

/** A batch that begins at offset 40, as the broker hands it out. */
function batch(
  records: readonly Buffer[],
  { codec = 0, pack = (plain: Buffer): Buffer => plain, count = records.length } = {},
): Buffer {
  const packed = pack(Buffer.concat(records));
  const head = Buffer.alloc(61);
  head.writeBigInt64BE(40n, 0);
  head.writeInt32BE(61 - 12 + packed.length, 8);
  head.writeInt8(2, 16);
  head.writeInt16BE(codec, 21);
  head.writeInt32BE(count - 1, 23);
  head.writeBigInt64BE(1_000n, 27);
  head.writeBigInt64BE(2_000n, 35);
  head.writeBigInt64BE(-1n, 43);
  head.writeInt32BE(count, 57);
  return Buffer.concat([head, packed]);
}

const EIGHT_HEADERS = record(
  0,
  '',
  Array.from(
    { length: Math.ceil((HEADERS_OF_BATCH_MAX + 1) / RECORDS_MAX) },
    (_, place) => [`h${place}`, ''] as const,
  ),
);

describe('a record batch', () => {
  const records = [
    record(0, 'first', [
      ['a', 'x'],
      ['twice', '1'],
      ['twice', '2'],
      ['none', null],
      ['__proto__', 'own'],
    ]),
    record(1, null),
  ];

  it.each([
    ['plain', 0, undefined],
    ['gzip', 1, gzipSync],
    ['zstd', 4, zstdCompressSync],
  ])('is read with offsets, times, keys, values and headers: %s', async (_, codec, pack) => {
    const { records: read } = await readRecordBatch(
      batch(records, { codec, ...(pack && { pack: (plain) => pack(plain) }) }),
    );
    expect(
      read.map(({ offset, timestamp, key, value }) => [
        offset,
        timestamp,
        key?.toString(),
        value?.toString(),
      ]),
    ).toEqual([
      ['40', '1007', 'key 0', 'first'],
      ['41', '1007', 'key 1', undefined],
    ]);
    const headers = read[0]?.headers ?? {};
    expect(Object.keys(headers)).toEqual(['a', 'twice', 'none', '__proto__']);
    expect(headers['twice']).toEqual([Buffer.from('1'), Buffer.from('2')]);
    expect(headers['none']).toBeNull();
  });

  it.each([
    [
      'unpacks to more than it may',
      batch([Buffer.alloc(UNPACKED_BYTES_MAX + 1)], { codec: 1, pack: (plain) => gzipSync(plain), count: 9 }),
      'too-large',
    ],
    [
      'unpacks to more than it may by zstd',
      batch([Buffer.alloc(2 ** 26)], { codec: 4, pack: (plain) => zstdCompressSync(plain), count: 9 }),
      'too-large',
    ],
    ['says that it has more messages than it may', batch(records, { count: RECORDS_MAX + 1 }), 'too-large'],
    [
      'has more headers than it may',
      batch(
        Array.from({ length: RECORDS_MAX }, () => EIGHT_HEADERS),
        { codec: 1, pack: (plain) => gzipSync(plain) },
      ),
      'too-large',
    ],
    ['is packed by snappy', batch(records, { codec: 2 }), 'unsupported-media-type'],
    ['is packed by lz4', batch(records, { codec: 3 }), 'unsupported-media-type'],
    ['is not what it says', batch(records, { codec: 1 }), 'invalid-request'],
    ['has fewer messages than it says', batch(records, { count: 3 }), 'invalid-request'],
  ])('that %s is stood in for by one message without content at its end', async (_, bytes, code) => {
    const { records: read, lastOffsetDelta } = await readRecordBatch(bytes);
    expect(read).toHaveLength(1);
    expect(read[0]).toMatchObject({
      offset: String(40 + lastOffsetDelta),
      key: null,
      value: null,
      headers: {},
      [UNREAD]: { code },
    });
  });

  it('passes over a message with more headers than it may have, and reads its neighbours', async () => {
    const many = Array.from({ length: HEADERS_MAX + 1 }, (_, place) => [`h${place}`, ''] as const);
    const { records: read } = await readRecordBatch(
      batch([record(0, 'a'), record(1, 'b', many), record(2, 'c')]),
    );
    expect(
      read.map(({ offset, value, [UNREAD]: unread }) => [offset, value?.toString() ?? unread?.code]),
    ).toEqual([
      ['40', 'a'],
      ['41', 'too-large'],
      ['42', 'c'],
    ]);
  });

  it('counts what it takes in memory, not its bytes alone, and what was unpacked for nothing', async () => {
    const empty = batch(Array.from({ length: 1_000 }, () => record(0, null)));
    expect((await readRecordBatch(empty)).cost).toBeGreaterThan(empty.length * 10);
    const bomb = batch([Buffer.alloc(UNPACKED_BYTES_MAX + 1)], {
      codec: 4,
      pack: (plain) => zstdCompressSync(plain),
    });
    expect((await readRecordBatch(bomb)).cost).toBeGreaterThan(UNPACKED_BYTES_MAX);
  });

  it('whose end has not come is left for later', () => {
    const whole = batch(records);
    expect(batchBytes(whole, 0)).toBe(whole.length);
    expect(batchBytes(Buffer.concat([whole, whole]), whole.length)).toBe(whole.length);
    for (const cut of [whole.length - 1, 61, 30, 0])
      expect(batchBytes(whole.subarray(0, cut), 0)).toBeUndefined();
  });
});
