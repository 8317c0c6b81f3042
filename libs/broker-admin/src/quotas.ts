import { createRequire } from 'node:module';
import type { Kafka } from 'kafkajs';
import { clusterOf } from './scram-users.ts';

const ALTER_CLIENT_QUOTAS = 49;
const PRODUCED = 'producer_byte_rate';
const EVERY_OTHER = '*';
/** Bytes a second: from 1 kB, below which not even one message would pass in a second, to 1 TB. */
const ENTRY = /^\s*(\*|[a-z][a-z0-9-]*)=([1-9]\d{3,11})\s*$/;

interface Outcome {
  readonly user: string;
  readonly code: number;
  readonly reason: string | null;
}

/** Bytes a second by force; `*` is for every force that is not named. Empty: no quota. */
export type ProduceQuotas = ReadonlyMap<string, number>;

interface Encoder {
  writeBoolean(value: boolean): Encoder;
  writeDouble(value: number): Encoder;
  writeString(value: string): Encoder;
  writeArray(values: readonly Encoder[]): Encoder;
}
interface Decoder {
  readInt16(): number;
  readInt32(): number;
  readString(): string | null;
}

/** Reads `*=1000000;north=250000`. Throws with the name of the setting when it is anything else. */
export function produceQuotasFrom(text: string | undefined): ProduceQuotas {
  if (text === undefined || text.trim() === '') return new Map();
  const entries = text.split(';').map((entry) => ENTRY.exec(entry));
  const named = entries.flatMap((found) => (found ? [[found[1] ?? '', Number(found[2])] as const] : []));
  if (named.length < entries.length || new Set(named.map(([force]) => force)).size < named.length) {
    throw new Error(
      'CONCORDAT_KAFKA_QUOTAS is not force=bytes a second, from 1000, separated by ";", with * for every other force: *=1000000;north=250000',
    );
  }
  return new Map(named);
}

export const quotaOf = (quotas: ProduceQuotas, force: string): number | undefined =>
  quotas.get(force) ?? quotas.get(EVERY_OTHER);

/**
 * Sets how many bytes a second each user may produce; undefined takes away a quota that was set before.
 * kafkajs 2.2.4 has no call for it (API key 49), so this writes the request with its encoder over its connection.
 */
export async function setProduceQuotas(
  kafka: Kafka,
  bytesPerSecond: ReadonlyMap<string, number | undefined>,
): Promise<void> {
  if (bytesPerSecond.size === 0) return;
  const require = createRequire(import.meta.url);
  const NewEncoder = require('kafkajs/src/protocol/encoder') as new () => Encoder;
  const NewDecoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => Decoder;
  const entries = [...bytesPerSecond].map(([user, rate]) => {
    const entity = new NewEncoder().writeString('user').writeString(user);
    const change = new NewEncoder()
      .writeString(PRODUCED)
      .writeDouble(rate ?? 0)
      .writeBoolean(rate === undefined);
    return new NewEncoder().writeArray([entity]).writeArray([change]);
  });
  const request = {
    apiKey: ALTER_CLIENT_QUOTAS,
    apiName: 'AlterClientQuotas',
    apiVersion: 0,
    // The entries, and that this is no rehearsal.
    encode: async () => new NewEncoder().writeArray(entries).writeBoolean(false),
  };
  const response = {
    decode: async (bytes: Buffer): Promise<Outcome[]> => {
      const reader = new NewDecoder(bytes);
      reader.readInt32();
      return Array.from({ length: reader.readInt32() }, () => {
        const [code, reason] = [reader.readInt16(), reader.readString()];
        let user = '';
        for (let left = reader.readInt32(); left > 0; left -= 1) {
          reader.readString();
          user = reader.readString() ?? '';
        }
        return { user, code, reason };
      });
    },
    parse: async (outcomes: Outcome[]): Promise<Outcome[]> => outcomes,
  };
  const cluster = clusterOf(kafka);
  await cluster.connect();
  try {
    await cluster.refreshMetadata();
    const broker = await cluster.findControllerBroker();
    const outcomes = await broker.connectionPool.send({ request, response });
    const refused = outcomes.filter(({ code }) => code !== 0);
    if (refused.length > 0) {
      const reasons = refused.map(({ user, code, reason }) => `${user} (${String(code)} ${reason ?? ''})`);
      throw new Error(`The broker refused quotas: ${reasons.join(', ')}`);
    }
  } finally {
    await cluster.disconnect();
  }
}
