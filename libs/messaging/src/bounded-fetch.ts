import { createRequire } from 'node:module';
import { batchBytes, readRecordBatch } from './record-batch.ts';

/** The library's reader of bytes, as its own decoders use it. */
interface Decoder {
  readonly buffer: Buffer;
  offset: number;
}

/** Bytes in memory of one partition in one fetch, a batch more at most; what is left comes with the next one. */
const PARTITION_COST_MAX = 8 * 2 ** 20;
const DECODER = 'kafkajs/src/protocol/recordBatch/v0/decoder.js';
const costOf = new WeakMap<Decoder, number>();

/**
 * Makes the client library read record batches by `readRecordBatch`. Its own reader unpacks whatever comes, however much it becomes, knows
 * gzip only, and takes time by the square of a message's headers: one force's message could stop the intake of all.
 * It has no hook for that, so the module is replaced before the library's first fetch loads it. The version is pinned, and
 * `kafka-transport.medium.spec.ts` holds this to it.
 */
export function boundFetches(): void {
  const require = createRequire(import.meta.url);
  const path = require.resolve(DECODER);
  require(path);
  const loaded = require.cache[path];
  if (!loaded) throw new Error(`${DECODER} is not where it was: see libs/messaging/src/bounded-fetch.ts`);
  loaded.exports = decodeBatch;
}

async function decodeBatch(decoder: Decoder): Promise<object> {
  const bytes = batchBytes(decoder.buffer, decoder.offset);
  const already = costOf.get(decoder) ?? 0;
  if (bytes === undefined || already > PARTITION_COST_MAX) throw new PartialMessage();
  const batch = decoder.buffer.subarray(decoder.offset, decoder.offset + bytes);
  decoder.offset += bytes;
  const read = await readRecordBatch(batch);
  costOf.set(decoder, already + read.cost);
  return read;
}

/** By this name the library knows that the rest comes with the next fetch. */
class PartialMessage extends Error {
  override readonly name = 'KafkaJSPartialMessageError';
}
