import { createRequire } from 'node:module';
import { batchBytes, readRecordBatch } from './record-batch.ts';

/** The library's byte reader, in the shape that its decoders use. */
interface Decoder {
  readonly buffer: Buffer;
  offset: number;
}

/**
 * Bytes of one partition in memory after one fetch, plus one batch at most. The next fetch brings the rest.
 */
const PARTITION_COST_MAX = 8 * 2 ** 20;
const DECODER = 'kafkajs/src/protocol/recordBatch/v0/decoder.js';
const costOf = new WeakMap<Decoder, number>();

/**
 * Makes the client library read record batches with `readRecordBatch`. Its own reader unpacks batches without
 * a limit, knows gzip only, and takes time by the square of a message's headers, so one force's message could
 * stop intake for all. The library has no hook for this. Its module is therefore replaced before the first
 * fetch loads it. The version is pinned, and `kafka-transport.medium.spec.ts` holds this to it.
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

/** The library reads this name as a sign that the next fetch brings the rest. */
class PartialMessage extends Error {
  override readonly name = 'KafkaJSPartialMessageError';
}
