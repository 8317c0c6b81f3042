import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';

/** Why a message or a whole batch was not read. */
export interface Unread {
  readonly code: 'too-large' | 'unsupported-media-type' | 'invalid-request';
  readonly detail: string;
}

/** Marks the substitute for messages that were not read. It is a symbol, so that no sender can write it. */
export const UNREAD: unique symbol = Symbol('unread');

/** A message in the shape of the client library. */
export interface BatchRecord {
  readonly magicByte: number;
  readonly attributes: number;
  readonly timestamp: string;
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Record<string, Buffer | Buffer[] | null>;
  readonly isControlRecord: boolean;
  readonly batchContext: BatchContext;
  readonly [UNREAD]?: Unread;
}

export interface BatchContext {
  readonly firstOffset: string;
  readonly firstTimestamp: string;
  readonly partitionLeaderEpoch: number;
  readonly inTransaction: boolean;
  readonly isControlBatch: boolean;
  readonly lastOffsetDelta: number;
  readonly producerId: string;
  readonly producerEpoch: number;
  readonly firstSequence: number;
  readonly maxTimestamp: string;
  readonly timestampType: number;
}

/**
 * The most bytes of an unpacked batch. Clients pack about 1 MB, but a message can unpack to a thousand times
 * that.
 */
export const UNPACKED_BYTES_MAX = 4 * 2 ** 20;
/** The most messages of a batch. 1 MB could hold 150,000 empty ones. */
export const RECORDS_MAX = 20_000;
/** The most headers of one message. Ours have seven. */
export const HEADERS_MAX = 64;
/** The most headers of a batch: seven for each message and some more. */
export const HEADERS_OF_BATCH_MAX = 150_000;
/**
 * Rough memory of a message and of a header beside their bytes, because a batch of empty ones is not free.
 */
const RECORD_COST = 500;
const HEADER_COST = 150;
/** The result of reading a batch. */
type ReadBatch = BatchContext & {
  readonly records: BatchRecord[];
  /** Bytes of memory that the batch needs, or needed during the attempt. */
  readonly cost: number;
};

const BEFORE_LENGTH = 12;
/** Length of the batch header from the first offset to the number of records. */
const HEAD_BYTES = 61;
const CODEC = 0x07;
const LOG_APPEND_TIME = 0x08;
const IN_TRANSACTION = 0x10;
const CONTROL = 0x20;
const unpackers: Readonly<
  Record<number, (packed: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>
> = {
  1: promisify(gunzip),
  4: promisify(zstdDecompress),
};

/** Returns the length of the batch at this place; undefined if it is not complete. */
export function batchBytes(buffer: Buffer, at: number): number | undefined {
  if (buffer.length - at < HEAD_BYTES) return undefined;
  const bytes = BEFORE_LENGTH + buffer.readInt32BE(at + 8);
  return bytes >= HEAD_BYTES && bytes <= buffer.length - at ? bytes : undefined;
}

/**
 * Reads a record batch of Kafka's message format 2 (https://kafka.apache.org/documentation/#recordbatch) in
 * bounded memory and time. A batch that is too large, or packed in an unknown way, is replaced by one record
 * without content at its last offset, which gives the reason.
 */
export async function readRecordBatch(batch: Buffer): Promise<ReadBatch> {
  const attributes = batch.readInt16BE(21);
  const context: BatchContext = {
    firstOffset: batch.readBigInt64BE(0).toString(),
    partitionLeaderEpoch: batch.readInt32BE(12),
    inTransaction: (attributes & IN_TRANSACTION) > 0,
    isControlBatch: (attributes & CONTROL) > 0,
    timestampType: attributes & LOG_APPEND_TIME ? 1 : 0,
    lastOffsetDelta: batch.readInt32BE(23),
    firstTimestamp: batch.readBigInt64BE(27).toString(),
    maxTimestamp: batch.readBigInt64BE(35).toString(),
    producerId: batch.readBigInt64BE(43).toString(),
    producerEpoch: batch.readInt16BE(51),
    firstSequence: batch.readInt32BE(53),
  };
  const count = batch.readInt32BE(57);
  const packed = batch.subarray(HEAD_BYTES);
  const standIn = (unread: Unread, cost: number): ReadBatch => ({
    ...context,
    records: [withoutContent(context, context.lastOffsetDelta, unread)],
    cost: RECORD_COST + cost,
  });
  if (count > RECORDS_MAX)
    return standIn(
      { code: 'too-large', detail: `A batch may have ${RECORDS_MAX} messages; this one has ${count}.` },
      0,
    );
  const records = await unpack(attributes & CODEC, packed);
  // A batch that was not read was still unpacked up to the limit, so a thousand of them are not free either.
  if (!Buffer.isBuffer(records)) return standIn(records, UNPACKED_BYTES_MAX);
  try {
    const { read, headers } = readRecords(records, count, context);
    return { ...context, records: read, cost: records.length + count * RECORD_COST + headers * HEADER_COST };
  } catch (error) {
    if (error instanceof TooManyHeaders)
      return standIn({ code: 'too-large', detail: error.message }, UNPACKED_BYTES_MAX);
    if (!(error instanceof RangeError)) throw error;
    return standIn(
      { code: 'invalid-request', detail: 'The batch ends in the middle of a message.' },
      UNPACKED_BYTES_MAX,
    );
  }
}

async function unpack(codec: number, packed: Buffer): Promise<Buffer | Unread> {
  if (codec === 0) return packed;
  const unpacker = unpackers[codec];
  if (!unpacker)
    return {
      code: 'unsupported-media-type',
      detail: 'Pack batches with gzip or zstd, or not at all: snappy and lz4 are not read.',
    };
  try {
    return await unpacker(packed, { maxOutputLength: UNPACKED_BYTES_MAX });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') {
      return {
        code: 'too-large',
        detail: `A batch may unpack to ${UNPACKED_BYTES_MAX} bytes; this one is larger.`,
      };
    }
    return { code: 'invalid-request', detail: 'The batch cannot be unpacked.' };
  }
}

class TooManyHeaders extends Error {
  override readonly message = `The messages of a batch may have ${HEADERS_OF_BATCH_MAX} headers together; these have more.`;
}

/** Throws a RangeError if the bytes end too early. */
function readRecords(
  bytes: Buffer,
  count: number,
  context: BatchContext,
): { readonly read: BatchRecord[]; readonly headers: number } {
  const read: BatchRecord[] = [];
  const reader = new Reader(bytes);
  for (let place = 0; place < count; place += 1) {
    const end = reader.varInt() + reader.at;
    read.push(readRecord(reader, context));
    if (reader.headers > HEADERS_OF_BATCH_MAX) throw new TooManyHeaders();
    reader.at = end;
  }
  return { read, headers: reader.headers };
}

function readRecord(reader: Reader, context: BatchContext): BatchRecord {
  const attributes = reader.byte();
  const timestampDelta = reader.varLong();
  const offsetDelta = reader.varInt();
  const key = reader.bytes();
  const value = reader.bytes();
  const headers = reader.varInt();
  if (headers > HEADERS_MAX) {
    return withoutContent(context, offsetDelta, {
      code: 'too-large',
      detail: `A message may have ${HEADERS_MAX} headers; this one has ${headers}.`,
    });
  }
  return {
    magicByte: 2,
    attributes,
    timestamp:
      context.timestampType === 1
        ? context.maxTimestamp
        : (BigInt(context.firstTimestamp) + timestampDelta).toString(),
    offset: offsetOf(context, offsetDelta),
    key,
    value,
    headers: readHeaders(reader, headers),
    isControlRecord: context.isControlBatch,
    batchContext: context,
  };
}

/** A repeated name keeps all its values, in order. */
function readHeaders(reader: Reader, count: number): BatchRecord['headers'] {
  const headers = new Map<string, Buffer | Buffer[] | null>();
  reader.headers += count;
  for (let place = 0; place < count; place += 1) {
    const name = reader.bytes()?.toString('utf8') ?? '';
    const value = reader.bytes();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : ([before, value].flat() as Buffer[]));
  }
  return Object.fromEntries(headers);
}

function withoutContent(context: BatchContext, offsetDelta: number, unread: Unread): BatchRecord {
  return {
    magicByte: 2,
    attributes: 0,
    timestamp: context.maxTimestamp,
    offset: offsetOf(context, offsetDelta),
    key: null,
    value: null,
    headers: {},
    isControlRecord: context.isControlBatch,
    batchContext: context,
    [UNREAD]: unread,
  };
}

const offsetOf = ({ firstOffset }: BatchContext, delta: number): string =>
  (BigInt(firstOffset) + BigInt(delta)).toString();

class Reader {
  at = 0;
  /** How many were read so far. */
  headers = 0;

  constructor(private readonly buffer: Buffer) {}

  byte(): number {
    const value = this.buffer[this.at];
    if (value === undefined) throw new RangeError('the bytes end here');
    this.at += 1;
    return value;
  }

  /** Zigzag encoding, seven bits a byte. */
  varInt(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
    throw new RangeError('no variable-length integer');
  }

  varLong(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return (value >> 1n) ^ -(value & 1n);
    }
    throw new RangeError('no variable-length integer');
  }

  /** Bytes after their length; a negative length means null. */
  bytes(): Buffer | null {
    const length = this.varInt();
    if (length < 0) return null;
    if (this.at + length > this.buffer.length) throw new RangeError('the bytes end here');
    const value = this.buffer.subarray(this.at, this.at + length);
    this.at += length;
    return value;
  }
}
