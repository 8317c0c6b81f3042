import type { Kafka } from 'kafkajs';
import { alterUsers } from './alter-users.ts';

const ALTER_CLIENT_QUOTAS = 49;
const PRODUCER_BYTE_RATE = 'producer_byte_rate';
const ALL_OTHER_FORCES = '*';
/**
 * One entry, in bytes per second from 1 kB to 1 TB. Below 1 kB not even one message would pass in a second.
 */
const ENTRY = /^\s*(\*|[a-z][a-z0-9-]*)=([1-9]\d{3,11})\s*$/;

/**
 * Quotas in bytes per second by force. `*` applies to every force that is not named; an empty map means no
 * quota.
 */
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

/**
 * Reads quotas such as `*=1000000;north=250000`. Throws an error that names the setting if the text is not
 * valid.
 */
export function produceQuotasFrom(text: string | undefined): ProduceQuotas {
  if (text === undefined || text.trim() === '') return new Map();
  const entries = text.split(';').map((entry) => ENTRY.exec(entry));
  const named = entries.flatMap((found) => (found ? [[found[1] ?? '', Number(found[2])] as const] : []));
  if (named.length < entries.length || new Set(named.map(([force]) => force)).size < named.length) {
    throw new Error(
      'CONCORDAT_KAFKA_QUOTAS must be a list of force=bytes per second (at least 1000), separated by ";"; * stands for all other forces. Example: *=1000000;north=250000',
    );
  }
  return new Map(named);
}

export const quotaOf = (quotas: ProduceQuotas, force: string): number | undefined =>
  quotas.get(force) ?? quotas.get(ALL_OTHER_FORCES);

/** Sets how many bytes per second each user may produce. undefined removes a quota that was set before. */
export async function setProduceQuotas(
  kafka: Kafka,
  bytesPerSecond: ReadonlyMap<string, number | undefined>,
): Promise<void> {
  if (bytesPerSecond.size === 0) return;
  await alterUsers<Encoder, Decoder>(kafka, {
    apiKey: ALTER_CLIENT_QUOTAS,
    apiName: 'AlterClientQuotas',
    subject: 'the quotas',
    encode: (newEncoder) => {
      const entries = [...bytesPerSecond].map(([user, rate]) => {
        const entity = newEncoder().writeString('user').writeString(user);
        const change = newEncoder()
          .writeString(PRODUCER_BYTE_RATE)
          .writeDouble(rate ?? 0)
          .writeBoolean(rate === undefined);
        return newEncoder().writeArray([entity]).writeArray([change]);
      });
      // The last field is false, so that the broker applies the entries and does not only validate them.
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
