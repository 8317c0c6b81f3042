import kafkajs, { type Kafka } from 'kafkajs';
import type { BackOff } from '#kernel';
import { boundFetches } from './bounded-fetch.ts';

boundFetches();

export interface KafkaSettings {
  readonly brokers: readonly string[];
  readonly username: string;
  readonly password: string;
  /** TLS to the broker. Only a broker on the same machine may do without it. */
  readonly tls: boolean;
  readonly clientId: string;
  /**
   * A consumer group gives the partitions of a member that died to the others after this long; 30 by default.
   */
  readonly sessionSeconds?: number;
  /** Receives the client's warnings, one JSON line each; standard error by default. */
  readonly log?: LogLine;
}

export type LogLine = (line: string) => void;

export const toStandardError: LogLine = (line) => void process.stderr.write(`${line}\n`);

/** A broker that hangs must be noticed well before a session ends. */
const REQUEST_TIMEOUT_MS = 20_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** The client itself retries only a few times. Its users retry for ever and report it in their status. */
export const CLIENT_RETRY = {
  initialRetryTime: 200,
  maxRetryTime: 2_000,
  retries: 4,
  factor: 0.2,
  multiplier: 2,
} as const;

/** The waits between our own retries, where the library does not retry. */
export const CLIENT_BACK_OFF: BackOff = {
  firstMs: CLIENT_RETRY.initialRetryTime,
  maxMs: CLIENT_RETRY.maxRetryTime,
};

/** The place where a consumer was reading when the messages there were gone. */
export interface LostPlace {
  readonly groupId: string;
  readonly partition: number;
}

/**
 * The library's log line when it starts again at the oldest message that is left. It reports this nowhere
 * else. The exact version is pinned, and a test checks the text.
 */
const LOST_PLACE = 'Offset out of range, resetting to default offset';

/** Opens the Kafka client library with our settings. It connects when a producer or consumer does. */
export function kafkaClient(settings: KafkaSettings, onLostPlace?: (place: LostPlace) => void): Kafka {
  const log = settings.log ?? toStandardError;
  return new kafkajs.Kafka({
    clientId: settings.clientId,
    brokers: [...settings.brokers],
    ssl: settings.tls,
    sasl: { mechanism: 'scram-sha-512', username: settings.username, password: settings.password },
    connectionTimeout: CONNECT_TIMEOUT_MS,
    authenticationTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: CLIENT_RETRY,
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => (entry) => {
      const { message, timestamp, groupId, topic, partition, broker, error } = entry.log;
      if (message === LOST_PLACE) onLostPlace?.({ groupId: String(groupId), partition: Number(partition) });
      log(
        JSON.stringify({
          // We retry after what the library calls an error. If that does not help, our own log line is the
          // error.
          level: 'warn',
          time: timestamp,
          service: settings.clientId,
          msg: message,
          context: `kafka.${entry.namespace}`,
          ...defined({
            groupId,
            topic,
            partition,
            broker,
            error: typeof error === 'string' ? error : undefined,
          }),
        }),
      );
    },
  });
}

/** Writes one line of our own in the same shape. An error is something that a person must look at. */
export function logLine(
  log: LogLine,
  level: 'info' | 'warn' | 'error',
  message: string,
  fields: Record<string, unknown> = {},
): void {
  log(
    JSON.stringify({
      level,
      time: new Date().toISOString(),
      msg: message,
      context: 'messaging',
      ...defined(fields),
    }),
  );
}

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Returns what went wrong in one line for people, without any value of a message. */
export function faultText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'not an error';
}
