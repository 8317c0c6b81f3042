import { createRequire } from 'node:module';
import type { Kafka } from 'kafkajs';

/** The broker's answer for one user. Code 0 means success. */
export interface UserOutcome {
  readonly user: string;
  readonly code: number;
  readonly reason: string | null;
}

/** A request about users for which kafkajs has no function. */
export interface AlterUsersRequest<Encoder, Decoder> {
  readonly apiKey: number;
  readonly apiName: string;
  /** The subject of the change, for the error text of a refusal. */
  readonly subject: string;
  readonly encode: (newEncoder: () => Encoder) => Encoder;
  readonly decode: (answer: Decoder) => UserOutcome[];
}

/** The connection of kafkajs. It takes a request with its own encoder and a response with its own decoder. */
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
 * Sends a request about users to the controller, and throws if the broker refuses it for any user. kafkajs
 * 2.2.4 has no function for such requests, so this uses its encoder and its connection directly.
 */
export async function alterUsers<Encoder, Decoder>(
  kafka: Kafka,
  { apiKey, apiName, subject, encode, decode }: AlterUsersRequest<Encoder, Decoder>,
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
      throw new Error(`The broker refused ${subject}: ${reasons.join(', ')}`);
    }
  } finally {
    await cluster.disconnect();
  }
}

/**
 * Opens the cluster of kafkajs, which hides it behind a symbol. This works with the exact version in
 * package.json.
 */
export function clusterOf(kafka: Kafka): Cluster {
  const key = Object.getOwnPropertySymbols(kafka).find(
    (symbol) => symbol.description === 'private:Kafka:createCluster',
  );
  const createCluster = key && (kafka as unknown as Record<symbol, (options: object) => Cluster>)[key];
  if (!createCluster)
    throw new Error('This version of kafkajs has no createCluster; alterUsers was written for 2.2.4.');
  return createCluster({ allowAutoTopicCreation: false });
}
