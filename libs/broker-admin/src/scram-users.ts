import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Kafka } from 'kafkajs';
import { alterUsers } from './alter-users.ts';

const ALTER_USER_SCRAM_CREDENTIALS = 51;
const SCRAM_SHA_512 = 2;
/**
 * The minimum that Kafka accepts. The passwords are 128 random bits, and more iterations would not make them
 * stronger.
 */
const ITERATIONS = 4096;
const DIGEST_BYTES = 64;

interface Encoder {
  writeInt8(value: number): Encoder;
  writeInt32(value: number): Encoder;
  writeUVarInt(value: number): Encoder;
  writeUVarIntString(value: string): Encoder;
  writeUVarIntBytes(value: Buffer): Encoder;
  writeUVarIntArray(value: readonly Encoder[]): Encoder;
}
interface Decoder {
  readInt16(): number;
  readInt32(): number;
  readUVarInt(): number;
  readUVarIntString(): string | null;
  readTaggedFields(): unknown;
}

/**
 * Sets the SCRAM-SHA-512 credentials of new and known users of a running broker. The password itself is never
 * sent.
 */
export async function setScramUsers(kafka: Kafka, passwords: ReadonlyMap<string, string>): Promise<void> {
  if (passwords.size === 0) return;
  const derive = promisify(pbkdf2);
  const credentials = await Promise.all(
    [...passwords].map(async ([name, password]) => {
      const salt = randomBytes(24);
      return { name, salt, salted: await derive(password, salt, ITERATIONS, DIGEST_BYTES, 'sha512') };
    }),
  );
  await alterUsers<Encoder, Decoder>(kafka, {
    apiKey: ALTER_USER_SCRAM_CREDENTIALS,
    apiName: 'AlterUserScramCredentials',
    subject: 'the credentials',
    encode: (newEncoder) => {
      const upserts = credentials.map(({ name, salt, salted }) =>
        newEncoder()
          .writeUVarIntString(name)
          .writeInt8(SCRAM_SHA_512)
          .writeInt32(ITERATIONS)
          .writeUVarIntBytes(salt)
          .writeUVarIntBytes(salted)
          .writeUVarInt(0),
      );
      // The order is: tagged fields of the header, no deletions, the upserts, tagged fields of the body.
      return newEncoder().writeUVarInt(0).writeUVarIntArray([]).writeUVarIntArray(upserts).writeUVarInt(0);
    },
    decode: (answer) => {
      answer.readTaggedFields();
      answer.readInt32();
      return Array.from({ length: answer.readUVarInt() - 1 }, () => {
        const user = answer.readUVarIntString() ?? '';
        const code = answer.readInt16();
        const reason = answer.readUVarIntString();
        answer.readTaggedFields();
        return { user, code, reason };
      });
    },
  });
}
