/** Runs one leg of a request's path at a time with the product's own code, while the other legs are idle. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  decodeEnvelope,
  forceEventsTopic,
  signingKeysOf,
  UnitKeys,
  unitRequestsTopic,
  type SigningKeys,
} from '#contracts';
import { newId } from '#kernel';
import { KafkaReader, OutboxRelay, type Delivery, type KafkaSettings } from '#messaging';
import {
  appendEvents,
  Database,
  isDatabaseUnavailable,
  PostgresDeadLetters,
  PostgresOutbox,
} from '#persistence';
import { arriveBatch } from '#unit';
import { ForceEventsConsumer, ForceRegister, storeIn, type StorableSubmission } from '#intake';
import { answerMessages } from '../measure/child-program.ts';
import { markOf, REPAIR } from '../measure/work.ts';
import { AT_ONCE, claimAndAnswer, runInLoops, openUnit } from './bench-unit.ts';
import { consume, consumeBare } from './consume.ts';
import { BATCH, LEGS_FORCE, LEGS_UNIT } from './settings.ts';

/** An order for one leg and a number of requests or messages. The answer is the seconds that it took. */
export interface LegOrder {
  readonly leg: keyof typeof LEGS;
  readonly count: number;
  /** For `submit`: every Nth request is followed by more information, to check that the order is kept. */
  readonly followedEvery?: number;
}

const { slug: FORCE } = LEGS_FORCE;
const settings: KafkaSettings = {
  brokers: (process.env['KAFKA_BROKERS'] as string).split(','),
  username: process.env['KAFKA_USERNAME'] as string,
  password: process.env['KAFKA_PASSWORD'] as string,
  tls: false,
  clientId: 'bench-legs',
};
const SIGNING = signingKeysOf('a'.repeat(43)) as SigningKeys;
const REQUESTS_TOPIC = unitRequestsTopic(LEGS_UNIT);
/** A consumer handles at most this many messages in one transaction, as in a service. */
const CHUNK = 500;

const intake = await Database.open({
  url: process.env['INTAKE_URL'] as string,
  applicationName: 'bench-intake',
  poolMax: 12,
});
const unit = await openUnit(process.env['UNIT_URL'] as string);
/** This unit takes the same messages without Kafka. */
const unitAlone = await openUnit(process.env['UNIT_ALONE_URL'] as string);
let submitted = 0;

const LEGS = {
  /** Stores submissions with intake's statement. They wait in its outbox afterwards. */
  submit: async ({ count, followedEvery }: LegOrder): Promise<number> => {
    const first = submitted;
    submitted += count;
    const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, batch) =>
      Array.from({ length: Math.min(BATCH, count - batch * BATCH) }, (__, place) =>
        createSubmission(first + batch * BATCH + place),
      ),
    );
    return measureSeconds(() =>
      runInLoops(batches, AT_ONCE, (items) =>
        intake.transaction([FORCE], async (client) => {
          await storeIn(client, items);
          const followed = items.filter(
            (_, place) => followedEvery !== undefined && place % followedEvery === 0,
          );
          await appendEvents(client, followed.map(createInformation));
        }),
      ),
    );
  },
  /** Sends from intake's outbox to the unit's topic. */
  relay: async ({ count }: LegOrder): Promise<number> => {
    const relay = relayOf(intake);
    try {
      return await measureSeconds(async () => {
        relay.start();
        while (relay.status().sent < count) await pause(1);
      });
    } finally {
      await relay.stop();
    }
  },
  bare: ({ count }: LegOrder) =>
    consumeBare({ settings, topic: REQUESTS_TOPIC, groupId: 'bench.bare', count }),
  /** Runs the statement for arrivals on the same messages, which were read and decoded before. */
  statement: async ({ count }: LegOrder): Promise<number> => {
    const chunks = await readChunks(count);
    return measureSeconds(() => runInLoops(chunks, AT_ONCE, (chunk) => arriveBatch(unitAlone, chunk)));
  },
  /**
   * Reads from the unit's topic, stores each request with task, event and log entry, and commits the offsets.
   */
  consume: ({ count }: LegOrder) =>
    consume({ settings, topic: REQUESTS_TOPIC, groupId: 'bench.ours', count }, unit.deadLetters, (batch) =>
      arriveBatch(unit, batch),
    ),
  /** Claims and answers the waiting requests. */
  work: ({ count }: LegOrder): Promise<number> =>
    measureSeconds(async () => {
      let answered = 0;
      const worker = async (): Promise<void> => {
        for (let taken = 1; taken > 0 && answered < count;) {
          taken = await claimAndAnswer(unit);
          answered += taken;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      if (answered !== count) throw new Error(`${answered} of ${count} requests were answered`);
    }),
  /**
   * Sends from the unit's outbox to the force's topic, and projects into intake's feed. It counts messages.
   */
  events: async ({ count }: LegOrder): Promise<number> => {
    const consumer = new ForceEventsConsumer(
      intake,
      new ForceRegister([LEGS_FORCE]),
      new UnitKeys({ [LEGS_UNIT]: SIGNING }),
    );
    const relay = relayOf(unit.database, SIGNING);
    const began = Promise.withResolvers<number>();
    const leg = { settings, topic: forceEventsTopic(FORCE), groupId: 'bench.events', count };
    try {
      await consume(
        leg,
        new PostgresDeadLetters(intake, [FORCE]),
        (batch) => consumer.handle(batch),
        () => {
          began.resolve(performance.now());
          relay.start();
        },
      );
      return (performance.now() - (await began.promise)) / 1000;
    } finally {
      await relay.stop();
    }
  },
};

answerMessages(async (order: LegOrder) => ({ seconds: await LEGS[order.leg](order) }));

function createSubmission(number: number): StorableSubmission {
  const reference = `legs-${String(number)}`;
  const payload = { ...REPAIR, vrm: markOf(number) };
  return {
    id: newId(),
    force: FORCE,
    channel: 'rest',
    key: reference,
    submittedBy: 'bench',
    traceparent: null,
    checked: {
      type: {
        name: 'vehicle-repair',
        version: 1,
        unit: LEGS_UNIT,
        lawEnforcement: false,
      } as StorableSubmission['checked']['type'],
      reference,
      payload,
      origin: null,
      contentHash: createHash('sha256').update(JSON.stringify(payload)).digest('hex'),
      destination: 'unit',
    },
  };
}

function createInformation({ id }: StorableSubmission): Parameters<typeof appendEvents>[1][number] {
  const time = new Date().toISOString();
  return {
    owningForce: FORCE,
    eventId: newId(),
    requestId: id,
    type: 'concordat.information-added.v1',
    time,
    topic: REQUESTS_TOPIC,
    key: id,
    source: '/service/intake',
    data: {
      requestId: id,
      changeId: newId(),
      message: 'The keys are at the front desk.',
      requestedAt: time,
      requestedBy: 'bench',
    },
  };
}

function relayOf(database: Database, signingKeys?: SigningKeys): OutboxRelay {
  const source = new PostgresOutbox(database, { forces: [FORCE] });
  return new OutboxRelay({
    settings,
    source,
    isTransient: isDatabaseUnavailable,
    ...(signingKeys && { signingKeys }),
  });
}

/**
 * Reads the next messages of the topic, in order per partition, in chunks of the same size as the consumer's.
 */
async function readChunks(count: number): Promise<Delivery[][]> {
  const partitions = new Map<number, Delivery[]>();
  let read = 0;
  const all = Promise.withResolvers<void>();
  const reader = await KafkaReader.start({
    settings,
    topics: [REQUESTS_TOPIC],
    groupId: 'bench.statement',
    onMessages: (messages) => {
      for (const message of messages) {
        const place = partitions.get(message.partition) ?? [];
        partitions.set(message.partition, place);
        place.push({ message, envelope: decodeEnvelope(message) });
      }
      read += messages.length;
      if (read >= count) all.resolve();
    },
  });
  await all.promise;
  await reader.close();
  return [...partitions.values()].flatMap((deliveries) =>
    Array.from({ length: Math.ceil(deliveries.length / CHUNK) }, (_, chunk) =>
      deliveries.slice(chunk * CHUNK, (chunk + 1) * CHUNK),
    ),
  );
}

async function measureSeconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
