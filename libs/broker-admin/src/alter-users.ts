import { createRequire } from 'node:module';
import type { Kafka } from 'kafkajs';

/** What the broker said of one user; code 0 is success. */
export interface UserOutcome {
  readonly user: string;
  readonly code: number;
  readonly reason: string | null;
}

/** One request for which kafkajs has no call. */
export interface AlterUsersRequest<Encoder, Decoder> {
  readonly apiKey: number;
  readonly apiName: string;
  /** What a refusal is of, for its message. */
  readonly alters: string;
  readonly encode: (newEncoder: () => Encoder) => Encoder;
  readonly decode: (answer: Decoder) => UserOutcome[];
}

/** kafkajs's own connection takes a request that encodes itself, and a response that decodes itself. */
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

/**
 * Sends a request about users to the controller, and throws when the broker refuses any of them. kafkajs 2.2.4 has no
 * call for such requests, so this writes them with its encoder over its connection.
 */
export async function alterUsers<Encoder, Decoder>(
  kafka: Kafka,
  { apiKey, apiName, alters, encode, decode }: AlterUsersRequest<Encoder, Decoder>,
): Promise<void> {
  const require = createRequire(import.meta.url);
  const NewEncoder = require('kafkajs/src/protocol/encoder') as new () => Encoder;
  const NewDecoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => Decoder;
  const cluster = clusterOf(kafka);
  await cluster.connect();
  try {
    await cluster.refreshMetadata();
    const broker = await cluster.findControllerBroker();
    const outcomes = await broker.connectionPool.send({
      request: { apiKey, apiName, apiVersion: 0, encode: async () => encode(() => new NewEncoder()) },
      response: {
        decode: async (bytes: Buffer) => decode(new NewDecoder(bytes)),
        parse: async (parsed: UserOutcome[]) => parsed,
      },
    });
    const refused = outcomes.filter(({ code }) => code !== 0);
    if (refused.length > 0) {
      const reasons = refused.map(({ user, code, reason }) => `${user} (${String(code)} ${reason ?? ''})`);
      throw new Error(`The broker refused ${alters}: ${reasons.join(', ')}`);
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
  if (!createCluster) throw new Error('This kafkajs has no createCluster: alterUsers was written for 2.2.4.');
  return createCluster({ allowAutoTopicCreation: false });
}
