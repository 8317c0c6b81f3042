import { pbkdf2, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type { Kafka } from 'kafkajs';

const ALTER_USER_SCRAM_CREDENTIALS = 51;
const SCRAM_SHA_512 = 2;
/** The least that Kafka takes; the passwords are 128 random bits, which no iteration count makes stronger. */
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
/** What kafkajs's own connection takes: a request that encodes itself, and what decodes the answer. */
interface Broker {
  readonly connectionPool: {
    send<Answer>(call: {
      readonly request: object;
      readonly response: {
        readonly decode: (bytes: Buffer) => Promise<Answer>;
        readonly parse: (answer: Answer) => Promise<Answer>;
      };
    }): Promise<Answer>;
  };
}
interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  refreshMetadata(): Promise<void>;
  findControllerBroker(): Promise<Broker>;
}
interface Outcome {
  readonly user: string;
  readonly code: number;
  readonly reason: string | null;
}

/**
 * Gives SCRAM-SHA-512 credentials to users of a running broker, new or known; the password itself is never sent.
 * kafkajs 2.2.4 has no call for it (API key 51), so this writes the request with its encoder over its connection.
 */
export async function setScramUsers(kafka: Kafka, passwords: ReadonlyMap<string, string>): Promise<void> {
  if (passwords.size === 0) return;
  const require = createRequire(import.meta.url);
  const NewEncoder = require('kafkajs/src/protocol/encoder') as new () => Encoder;
  const NewDecoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => Decoder;
  const derive = promisify(pbkdf2);
  const upserts = await Promise.all(
    [...passwords].map(async ([name, password]) => {
      const salt = randomBytes(24);
      const salted = await derive(password, salt, ITERATIONS, DIGEST_BYTES, 'sha512');
      const upsert = new NewEncoder()
        .writeUVarIntString(name)
        .writeInt8(SCRAM_SHA_512)
        .writeInt32(ITERATIONS);
      return upsert.writeUVarIntBytes(salt).writeUVarIntBytes(salted).writeUVarInt(0);
    }),
  );
  const request = {
    apiKey: ALTER_USER_SCRAM_CREDENTIALS,
    apiName: 'AlterUserScramCredentials',
    apiVersion: 0,
    // Tagged fields of the header, no deletions, the upserts, tagged fields of the body.
    encode: async () =>
      new NewEncoder().writeUVarInt(0).writeUVarIntArray([]).writeUVarIntArray(upserts).writeUVarInt(0),
  };
  const response = {
    decode: async (bytes: Buffer): Promise<Outcome[]> => {
      const reader = new NewDecoder(bytes);
      reader.readTaggedFields();
      reader.readInt32();
      return Array.from({ length: reader.readUVarInt() - 1 }, () => {
        const outcome = { code: 0, user: reader.readUVarIntString() ?? '', reason: null as string | null };
        outcome.code = reader.readInt16();
        outcome.reason = reader.readUVarIntString();
        reader.readTaggedFields();
        return outcome;
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
      throw new Error(`The broker refused credentials: ${reasons.join(', ')}`);
    }
  } finally {
    await cluster.disconnect();
  }
}

/** kafkajs keeps its cluster behind a symbol; the exact version in package.json is the one this was written for. */
export function clusterOf(kafka: Kafka): Cluster {
  const key = Object.getOwnPropertySymbols(kafka).find(
    (symbol) => symbol.description === 'private:Kafka:createCluster',
  );
  const createCluster = key && (kafka as unknown as Record<symbol, (options: object) => Cluster>)[key];
  if (!createCluster)
    throw new Error('This kafkajs has no createCluster: setScramUsers was written for 2.2.4.');
  return createCluster({ allowAutoTopicCreation: false });
}
