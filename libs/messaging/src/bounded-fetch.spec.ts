import { expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { zstdCompressSync } from 'node:zlib';
import { boundFetches } from './bounded-fetch.ts';
import { UNPACKED_BYTES_MAX } from './record-batch.ts';

const HEAD_BYTES = 61;

/** A batch of some two hundred bytes that unpacks to more than it may. */
function bomb(): Buffer {
  const packed = zstdCompressSync(Buffer.alloc(UNPACKED_BYTES_MAX + 1));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeInt32BE(HEAD_BYTES - 12 + packed.length, 8);
  head.writeInt16BE(4, 21);
  head.writeInt32BE(1, 57);
  return Buffer.concat([head, packed]);
}

// Thousands of them fit into one fetch: unpacked all at once they would outlast the session of the consumer,
// again and again.
it('unpacks few of what unpacks to too much in one fetch, and leaves the others to the next ones', async () => {
  boundFetches();
  const decode = createRequire(import.meta.url)('kafkajs/src/protocol/recordBatch/v0/decoder') as (
    decoder: object,
  ) => Promise<object>;
  const batch = bomb();
  const buffer = Buffer.concat(Array.from({ length: 50 }, () => batch));
  const seen: number[] = [];
  for (let offset = 0; offset < buffer.length;) {
    const fetched = { buffer: buffer.subarray(offset), offset: 0 };
    let batches = 0;
    await expect(
      (async () => {
        for (; fetched.offset < fetched.buffer.length; batches += 1) await decode(fetched);
        throw Object.assign(new Error('all was read'), { name: 'KafkaJSPartialMessageError' });
      })(),
    ).rejects.toMatchObject({ name: 'KafkaJSPartialMessageError' });
    seen.push(batches);
    offset += fetched.offset;
  }
  expect(Math.max(...seen)).toBeLessThanOrEqual(3);
  expect(seen.reduce((sum, batches) => sum + batches, 0)).toBe(50);
});
