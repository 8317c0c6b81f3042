import type { Kafka } from 'kafkajs';
import { alterUsers } from './alter-users.ts';

const ALTER_CLIENT_QUOTAS = 49;
const PRODUCED = 'producer_byte_rate';
const EVERY_OTHER = '*';
/** Bytes a second: from 1 kB, below which not even one message would pass in a second, to 1 TB. */
const ENTRY = /^\s*(\*|[a-z][a-z0-9-]*)=([1-9]\d{3,11})\s*$/;

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

/** Sets how many bytes a second each user may produce; undefined takes away a quota that was set before. */
export async function setProduceQuotas(
  kafka: Kafka,
  bytesPerSecond: ReadonlyMap<string, number | undefined>,
): Promise<void> {
  if (bytesPerSecond.size === 0) return;
  await alterUsers<Encoder, Decoder>(kafka, {
    apiKey: ALTER_CLIENT_QUOTAS,
    apiName: 'AlterClientQuotas',
    alters: 'quotas',
    encode: (newEncoder) => {
      const entries = [...bytesPerSecond].map(([user, rate]) => {
        const entity = newEncoder().writeString('user').writeString(user);
        const change = newEncoder()
          .writeString(PRODUCED)
          .writeDouble(rate ?? 0)
          .writeBoolean(rate === undefined);
        return newEncoder().writeArray([entity]).writeArray([change]);
      });
      // The entries, and that they are not only checked.
      return newEncoder().writeArray(entries).writeBoolean(false);
    },
    decode: (answer) => {
      answer.readInt32();
      return Array.from({ length: answer.readInt32() }, () => {
        const [code, reason] = [answer.readInt16(), answer.readString()];
        let user = '';
        for (let left = answer.readInt32(); left > 0; left -= 1) {
          answer.readString();
          user = answer.readString() ?? '';
        }
        return { user, code, reason };
      });
    },
  });
}
