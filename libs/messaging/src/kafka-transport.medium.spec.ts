import { zstdCompressSync } from 'node:zlib';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import pg from 'pg';
import { encodeEnvelope, expectMessage, Refusal, type Envelope } from '#contracts';
import { contentHash } from '#kernel';
import { Database, isDatabaseUnavailable, BASE_MIGRATIONS, PostgresDeadLetters, takeIn } from '#persistence';
import {
  adminKafka,
  createKafkaUsers,
  createServiceDatabase,
  createTopics,
  eventually,
  grantAccess,
  testServers,
  uniqueSlug,
  type ServiceDatabase,
} from '#testing';
import {
  KafkaPublisher,
  KafkaTransport,
  OnBatch,
  type Delivery,
  type KafkaTransportOptions,
  type OutgoingMessage,
} from './index.ts';
import { HEADERS_MAX, UNPACKED_BYTES_MAX } from './record-batch.ts';

/** The work of the handler under test on a batch. Each test sets it. */
let work: (batch: readonly Delivery[]) => Promise<void>;

@Controller()
class ProbeController {
  @OnBatch('probe')
  handle(@Payload() batch: readonly Delivery[]): Promise<void> {
    return work(batch);
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

@Controller()
class PlainController {
  @(EventPattern('probe') as MethodDecorator)
  handle(): void {
    return undefined;
  }
}

@Module({ controllers: [PlainController] })
class PlainModule {}

const { kafkaBrokers, kafkaAdmin } = testServers();
const settings = {
  brokers: kafkaBrokers.split(','),
  ...kafkaAdmin,
  tls: false,
  clientId: 'transport-spec',
  log: () => undefined,
};
const SUBMISSION = 'concordat.submit-request.v1';

let force: string;
let topic: string;
let stored: ServiceDatabase;
let database: Database;
let superuser: pg.Client;
let publisher: KafkaPublisher;
let ends: (() => Promise<unknown>)[];

beforeEach(async () => {
  force = uniqueSlug('force');
  topic = `force.${force}.requests.v1`;
  stored = await createServiceDatabase({ service: 'probe', migrations: BASE_MIGRATIONS });
  database = await Database.open({ url: stored.appUrl, applicationName: 'transport-spec' });
  superuser = new pg.Client({ connectionString: stored.superUrl });
  await superuser.connect();
  await createTopics([topic], 1);
  publisher = await KafkaPublisher.connect(settings);
  ends = [() => publisher.close(), () => database.close(), () => superuser.end(), () => stored.drop()];
  work = takeInAndLog;
});

afterEach(async () => {
  for (const end of ends) await end();
});

/** Inbox and effect in one transaction, as a service does it; the effect is a row of the event log. */
async function takeInAndLog(batch: readonly Delivery[]): Promise<void> {
  await database.transaction([force], async (client) => {
    for (const { envelope } of batch) expectMessage(envelope, [SUBMISSION]);
    const outcomes = await takeIn(
      client,
      batch.map(({ envelope: { id, value } }) => ({
        owningForce: force,
        messageId: id,
        contentHash: contentHash(value),
      })),
    );
    for (const [at, { envelope }] of batch.entries()) {
      if (outcomes[at] === 'conflict')
        throw new Refusal('reference-conflict', `${envelope.id} stands for other content.`);
      if (outcomes[at] === 'repeat') continue;
      await client.query(
        `insert into event (owning_force, event_id, type, time, source, data) values ($1, gen_random_uuid(), $2, now(), 'probe', $3)`,
        [force, envelope.type, JSON.stringify(envelope.id)],
      );
    }
  });
}

async function serve(more: Partial<KafkaTransportOptions> = {}): Promise<KafkaTransport> {
  const transport = new KafkaTransport({
    settings,
    subscriptions: [{ pattern: 'probe', topic, groupId: `concordat.probe.${topic}`, fromBeginning: true }],
    deadLetters: new PostgresDeadLetters(database, [force]),
    isTransient: isDatabaseUnavailable,
    onFatal: (reason) => void fatal.push(reason),
    ...more,
  });
  const app = await NestFactory.createMicroservice(ProbeModule, { strategy: transport, logger: false });
  await app.listen();
  ends.unshift(() => app.close());
  return transport;
}
const fatal: string[] = [];

const submission = (id: string, reference = id): Envelope => ({
  id,
  source: `/force/${force}`,
  type: SUBMISSION,
  time: '2026-01-05T09:00:00Z',
  value: { type: 'vehicle-repair', reference, payload: {} },
});
const good = (id: string, reference?: string): OutgoingMessage => encodeEnvelope(submission(id, reference));

async function effects(): Promise<string[]> {
  const { rows } = await superuser.query<{ id: string }>(
    'select data #>> array[]::text[] as id from event order by position',
  );
  return rows.map(({ id }) => id);
}

interface KeptLetter {
  owning_force: string;
  reason: string;
  code: string;
  value: Buffer | null;
}

async function letters(): Promise<KeptLetter[]> {
  const { rows } = await superuser.query<KeptLetter>(
    `select owning_force, reason, problem ->> 'code' as code, value from dead_letter order by "offset"`,
  );
  return rows;
}

describe('the transport', () => {
  it('keeps each kind of poison with its reason and bytes, and handles the next good message', async () => {
    const wire = good('bad');
    const value = (json: string): OutgoingMessage => ({ ...wire, value: Buffer.from(json) });
    const poison: [string, OutgoingMessage][] = [
      ['malformed-json', value('{"type": ')],
      ['malformed-json', { ...wire, value: null }],
      ['malformed-json', { ...wire, value: Buffer.from([0x22, 0xc3, 0x28, 0x22]) }],
      ['invalid-request', { ...wire, headers: { ...wire.headers, ce_type: 'concordat.no-such-thing.v1' } }],
      ['too-large', value(`{"a":"${'x'.repeat(1_000_000)}"}`)],
      ['too-deep', value('['.repeat(50_000))],
      [
        'invalid-request',
        value('{"type":"vehicle-repair","reference":"r","payload":{"__proto__":{"polluted":true}}}'),
      ],
      ['invalid-request', { ...wire, headers: { ...wire.headers, note: Buffer.from([0xc3, 0x28]) } }],
      ['invalid-request', { ...wire, headers: {} }],
      [
        'invalid-request',
        {
          ...wire,
          headers: { ...wire.headers, constructor: 'c', ['__proto__x']: '\0' },
          value: Buffer.from('null'),
        },
      ],
    ];
    const transport = await serve();
    for (const [, message] of poison) await publisher.publish(topic, [message]);
    await publisher.publish(topic, [good('after')]);
    expect(await eventually(async () => (await effects()).length > 0 && effects())).toEqual(['after']);
    // The letters of a batch are kept after its good messages have had their effect.
    const kept = await eventually(async () => {
      const found = await letters();
      return found.length >= poison.length && found;
    });
    expect(kept.map(({ code }) => code)).toEqual(poison.map(([code]) => code));
    expect(kept.every(({ owning_force: owner, reason }) => owner === force && reason.length > 0)).toBe(true);
    // The test compares texts, because Jest compares buffers byte by byte and one of these has a million.
    const text = (value: Buffer | string | null): string | null =>
      Buffer.isBuffer(value) ? value.toString('base64') : value;
    expect(kept.map(({ value }) => text(value))).toEqual(poison.map(([, message]) => text(message.value)));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    // Counted when the offsets are committed, which is after the effect.
    await eventually(() => transport.consumerStatus()[0]?.handled === 11);
    expect(transport.consumerStatus()).toMatchObject([{ state: 'joined', ok: true, deadLettered: 10 }]);
  });

  it('takes a poison out of the middle of a batch of 200: each of the others has exactly one effect, in order', async () => {
    const ids = Array.from({ length: 200 }, (_, at) => `m-${at}`);
    await publisher.publish(
      topic,
      ids.map((id) =>
        id === 'm-117'
          ? { ...good(id), headers: { ...good(id).headers, ce_type: 'concordat.unknown.v1' } }
          : good(id),
      ),
    );
    await serve();
    await eventually(async () => (await effects()).length >= 199);
    expect(await effects()).toEqual(ids.filter((id) => id !== 'm-117'));
    await eventually(async () => (await letters()).length > 0);
    expect((await letters()).map(({ code }) => code)).toEqual(['invalid-request']);
  });

  it('gives duplicates one effect, and keeps the same id with another body as a conflict', async () => {
    await serve();
    await publisher.publish(topic, [
      good('a'),
      good('a'),
      good('b'),
      good('a', 'other'),
      good('a'),
      good('c'),
    ]);
    await eventually(async () => (await effects()).length >= 3);
    await eventually(async () => (await letters()).length > 0);
    expect(await effects()).toEqual(['a', 'b', 'c']);
    expect((await letters()).map(({ code }) => code)).toEqual(['reference-conflict']);
  });

  it('tells of messages that were gone before it read them, and takes what is left', async () => {
    const first = await serve();
    await publisher.publish(topic, [good('a')]);
    await eventually(() => first.consumerStatus()[0]?.handled === 1);
    expect(first.consumerStatus()).toMatchObject([{ gaps: 0 }]);
    await first.close();
    await publisher.publish(topic, [good('b'), good('c')]);
    const admin = adminKafka().admin();
    await admin.connect();
    ends.unshift(() => admin.disconnect());
    // The library deletes only where it knows the leader already.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '2' }] });
    const logged: string[] = [];
    const second = await serve({ settings: { ...settings, log: (line) => void logged.push(line) } });
    await eventually(async () => (await effects()).length === 2);
    expect(await effects()).toEqual(['a', 'c']);
    expect(second.consumerStatus()).toMatchObject([{ state: 'joined', ok: true, gaps: 1 }]);
    expect(await second.health().check()).toEqual({
      ok: true,
      detail: `${topic} joined, with a gap`,
      figures: { gaps: 1 },
    });
    expect(
      logged.filter((line) => line.includes('a gap: messages were gone before they were read')),
    ).toHaveLength(1);
  });

  it('waits while the database is away and goes on by itself, with no dead letter', async () => {
    const transport = await serve();
    await publisher.publish(topic, [good('before')]);
    await eventually(async () => (await effects()).length === 1);
    await superuser.query(`alter database ${stored.database} connection limit 0`);
    const ended =
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()';
    await superuser.query(ended, [stored.database]);
    await publisher.publish(
      topic,
      Array.from({ length: 50 }, (_, at) => good(`during-${at}`)),
    );
    await eventually(() => transport.consumerStatus()[0]?.state === 'waiting', {
      says: 'the consumer waits',
    });
    expect(await transport.health().check()).toEqual({ ok: false, detail: `${topic} waiting` });
    await superuser.query(`alter database ${stored.database} connection limit -1`);
    await eventually(async () => (await effects()).length === 51, { says: 'all effects' });
    expect(await letters()).toEqual([]);
    expect(await transport.health().check()).toEqual({ ok: true });
  });

  it('is given a batch again when it failed between effect and offset, and the repeat changes nothing', async () => {
    let failures = 2;
    let handled = 0;
    const plain = work;
    work = async (batch) => {
      await plain(batch);
      handled += batch.length;
    };
    await publisher.publish(topic, [good('a'), good('b')]);
    await serve({
      failpoints: (name) => {
        if (name === 'consumer.after-effect-before-offset' && failures-- > 0)
          throw new TypeError('a raw error reaches the library');
      },
    });
    await eventually(() => handled >= 6, { says: 'two redeliveries' });
    await publisher.publish(topic, [good('c')]);
    await eventually(async () => (await effects()).length === 3);
    expect(await effects()).toEqual(['a', 'b', 'c']);
    expect(fatal).toEqual([]);
  });

  it('reads what is packed with gzip or zstd, passes over what unpacks to more than it may or in another way, and goes on', async () => {
    const producer = adminKafka().producer();
    await producer.connect();
    const codecs = kafkajs.CompressionCodecs as Record<number, unknown>;
    const known = { ...codecs };
    ends.unshift(async () => void Object.assign(codecs, known));
    const packs = (pack: (plain: Buffer) => Buffer) => () => ({
      compress: async ({ buffer }: { buffer: Buffer }) => pack(buffer),
    });
    codecs[kafkajs.CompressionTypes.ZSTD] = packs(zstdCompressSync);
    const send = (messages: readonly object[], compression: number): Promise<unknown> =>
      producer.send({ topic, messages: messages as kafkajs.Message[], compression, acks: -1 });
    await send([good('gzip')], kafkajs.CompressionTypes.GZIP);
    await send([good('zstd-1'), good('zstd-2')], kafkajs.CompressionTypes.ZSTD);
    await send([{ key: 'bomb', value: Buffer.alloc(UNPACKED_BYTES_MAX) }], kafkajs.CompressionTypes.GZIP);
    await send(
      [
        {
          key: 'headers',
          value: '{}',
          headers: Object.fromEntries(Array.from({ length: HEADERS_MAX + 1 }, (_, n) => [`h${n}`, 'x'])),
        },
      ],
      0,
    );
    await send([good('after')], kafkajs.CompressionTypes.None);
    await producer.disconnect();
    await serve();
    const seen = await eventually(async () => (await effects()).length >= 4 && effects());
    expect(seen.toSorted()).toEqual(['after', 'gzip', 'zstd-1', 'zstd-2']);
    const found = await eventually(async () => (await letters()).length >= 2 && letters());
    expect(found.map(({ code }) => code)).toEqual(['too-large', 'too-large']);
    expect(fatal).toEqual([]);
  });

  it('finishes and commits what is in hand when it is closed', async () => {
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const plain = work;
    let calls = 0;
    work = async (batch) => {
      calls += 1;
      started.resolve();
      await finish.promise;
      await plain(batch);
    };
    const transport = await serve();
    await publisher.publish(topic, [good('a')]);
    await started.promise;
    const closed = transport.close();
    finish.resolve();
    await closed;
    expect(await effects()).toEqual(['a']);
    await serve();
    await publisher.publish(topic, [good('b')]);
    await eventually(async () => (await effects()).length === 2);
    expect(calls).toBe(2);
  });

  it('fails its health and asks for the end of the process when a consumer crashes for good', async () => {
    const user = uniqueSlug('outsider');
    const password = (await createKafkaUsers([user])).get(user) as string;
    const rule = { principal: user, resource: 'topic', name: topic, match: 'literal' } as const;
    // It may read the topic, and may not join any group.
    await grantAccess([
      { ...rule, operation: 'read' },
      { ...rule, operation: 'describe' },
    ]);
    const reasons: string[] = [];
    const transport = await serve({
      settings: { ...settings, username: user, password },
      onFatal: (reason) => void reasons.push(reason),
      rebuildsMax: 1,
    });
    await eventually(() => reasons.length > 0, { says: 'the fatal reason' });
    expect(reasons[0]).toContain(topic);
    expect(transport.consumerStatus()).toMatchObject([{ state: 'dead', ok: false }]);
    expect(await transport.health().check()).toMatchObject({ ok: false });
  });

  it('refuses to start with a handler whose faults Nest would hide, and with a topic nobody handles', async () => {
    const plain = new KafkaTransport({
      settings,
      subscriptions: [],
      deadLetters: { keep: async () => undefined },
      isTransient: () => false,
    });
    const start = async (): Promise<void> => {
      const app = await NestFactory.createMicroservice(PlainModule, {
        strategy: plain,
        logger: false,
        abortOnError: false,
      });
      await app.listen();
    };
    await expect(start()).rejects.toThrow("must be declared with @OnBatch('probe')");
    await expect(
      serve({ subscriptions: [{ pattern: 'nobody', topic, groupId: 'g', fromBeginning: true }] }),
    ).rejects.toThrow('has no handler');
  });
});
