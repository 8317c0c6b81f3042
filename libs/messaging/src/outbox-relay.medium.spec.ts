import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  appendEvents,
  Database,
  isDatabaseUnavailable,
  BASE_MIGRATIONS,
  PostgresOutbox,
  type LoggedEvent,
  type PoolClient,
} from '#persistence';
import {
  createServiceDatabase,
  createTopics,
  eventually,
  testServers,
  typescriptProcess,
  uniqueSlug,
  type ServiceDatabase,
} from '#testing';
import { OutboxRelay, readTopic, type OutboxRelayOptions, type ReceivedMessage } from './index.ts';

const { kafkaBrokers, kafkaAdmin } = testServers();
const settings = {
  brokers: kafkaBrokers.split(','),
  ...kafkaAdmin,
  tls: false,
  clientId: 'relay-spec',
  log: () => undefined,
};
const FORCES = ['bedfordshire', 'hertfordshire'] as const;
const RELAY_PROCESS = join(import.meta.dirname, '../../testing/src/relay-process.ts');

let stored: ServiceDatabase;
let database: Database;
let superuser: pg.Client;
let topic: string;
let ends: (() => Promise<unknown>)[];

beforeEach(async () => {
  const work = {
    name: 'work',
    up: (role: string) =>
      `create table work (id uuid primary key, version int not null default 0); grant select, insert, update on work to ${role};`,
  };
  stored = await createServiceDatabase({ service: 'probe', migrations: [...BASE_MIGRATIONS, work] });
  database = await Database.open({ url: stored.appUrl, applicationName: 'relay-spec', poolMax: 14 });
  superuser = new pg.Client({ connectionString: stored.superUrl });
  await superuser.connect();
  topic = uniqueSlug('relay-spec');
  await createTopics([topic], 3);
  ends = [() => database.close(), () => superuser.end(), () => stored.drop()];
});

afterEach(async () => {
  for (const end of ends) await end();
});

function relayOf(more: Partial<OutboxRelayOptions> = {}, over: Database = database): OutboxRelay {
  const source = new PostgresOutbox(over, { forces: FORCES });
  const relay = new OutboxRelay({ settings, source, isTransient: isDatabaseUnavailable, ...more });
  ends.unshift(() => relay.stop());
  relay.start();
  return relay;
}

function event(key: string, version: number, force: string = FORCES[0]): LoggedEvent {
  return {
    owningForce: force,
    eventId: randomUUID(),
    requestId: key,
    type: 'concordat.request-claimed.v1',
    time: '2026-01-05T09:00:00Z',
    topic,
    key,
    source: '/unit/probe',
    data: { version },
  };
}

/** A change as a unit makes one: the row is locked first, then the event is appended. */
async function change(client: PoolClient, key: string): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    'update work set version = version + 1 where id = $1 returning version',
    [key],
  );
  await appendEvents(client, [event(key, rows[0]?.version ?? 0)]);
}

async function newWork(count: number): Promise<string[]> {
  const keys = Array.from({ length: count }, () => randomUUID());
  await superuser.query('insert into work (id) select unnest($1::uuid[])', [keys]);
  return keys;
}

/** Versions by key, in the order they stand in the topic. */
async function published(): Promise<Map<string, number[]>> {
  const byKey = new Map<string, number[]>();
  for (const message of await readTopic(settings, topic, 'relay-spec.')) {
    const versions = byKey.get(message.key ?? '') ?? [];
    byKey.set(message.key ?? '', [...versions, versionOf(message)]);
  }
  return byKey;
}
const versionOf = ({ value }: ReceivedMessage): number =>
  (JSON.parse(String(value)) as { version: number }).version;

async function publishedCount(): Promise<number> {
  return [...(await published()).values()].reduce((sum, versions) => sum + versions.length, 0);
}

/** Returns whether everything appended lies behind the relay's cursor. */
async function cursorMoved(): Promise<boolean> {
  const { rows } = await superuser.query<{ moved: boolean }>(
    'select (select max(xid) from event) < high_xid as moved from relay_cursor',
  );
  return rows[0]?.moved === true;
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, at) => at + 1);
const firstOf = (versions: readonly number[]): number[] => [...new Set(versions)];

describe('the relay of a database', () => {
  it('publishes what concurrent writers committed, each key in order, and skips nothing that commits late', async () => {
    const keys = await newWork(12);
    const late = await database.connect();
    await late.query(`begin; set local concordat.forces = '${FORCES[0]}'`);
    // It has its transaction id and its position before all others, and commits after them.
    const [lateKey] = (await newWork(1)) as [string];
    await change(late, lateKey);
    const relay = relayOf();
    const writer = async (from: number): Promise<void> => {
      for (let step = 0; step < 60; step += 1) {
        const key = keys[(from * 7 + step * 5) % keys.length] as string;
        await database.transaction([FORCES[0]], (client) => change(client, key));
        relay.nudge();
      }
    };
    await Promise.all([0, 1, 2, 3, 4].map(writer));
    await late.query('commit');
    late.release();
    relay.nudge();
    await eventually(() => relay.status().sent >= 301 && relay.status().pending === 0, {
      says: 'everything sent',
    });
    const found = await published();
    expect(found.get(lateKey)).toEqual([1]);
    const versions = await superuser.query<{ id: string; version: number }>('select id, version from work');
    for (const { id, version } of versions.rows) expect(found.get(id) ?? []).toEqual(upTo(version));
    expect([...found.values()].flat()).toHaveLength(301);
  });

  it('reads a large window page by page, by position, and not what is not to be published', async () => {
    const key = randomUUID();
    await database.transaction([...FORCES], async (client) => {
      const events = upTo(2_500).map((version) => ({
        ...event(key, version, FORCES[version % 2]),
        ...(version % 5 === 0 && { topic: null }),
      }));
      await appendEvents(client, events);
    });
    const relay = relayOf({ batchMax: 300 });
    await eventually(() => relay.status().sent >= 2_000 && relay.status().pending === 0);
    expect((await published()).get(key)).toEqual(upTo(2_500).filter((version) => version % 5 !== 0));
  });

  it('carries the envelope in headers', async () => {
    const sent = { ...event(randomUUID(), 1), traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
    await database.transaction([FORCES[0]], (client) => appendEvents(client, [sent]));
    const relay = relayOf();
    await eventually(() => relay.status().sent === 1);
    const [message] = await readTopic(settings, topic, 'relay-spec.');
    expect(message?.headers).toEqual({
      ce_specversion: '1.0',
      ce_id: sent.eventId,
      ce_source: '/unit/probe',
      ce_type: sent.type,
      ce_time: '2026-01-05T09:00:00.000Z',
      ce_subject: sent.requestId,
      ce_owningforce: FORCES[0],
      ce_traceparent: sent.traceparent,
      'content-type': 'application/json',
    });
  });

  it('sends again what was sent and not confirmed when it is killed in between: nothing lost, each key in order', async () => {
    const keys = await newWork(4);
    for (let step = 0; step < 100; step += 1) {
      await database.transaction([FORCES[0]], (client) => change(client, keys[step % 4] as string));
    }
    const environment = { RELAY_DATABASE_URL: stored.appUrl, RELAY_FORCES: FORCES.join(',') };
    const killed = typescriptProcess(RELAY_PROCESS, {
      ...environment,
      CONCORDAT_FAILPOINT: 'relay.after-send-before-confirm:3',
    });
    expect(await once(killed, 'exit')).toEqual([null, 'SIGKILL']);
    const relay = relayOf();
    await eventually(() => relay.status().leading && relay.status().sent > 0 && relay.status().pending === 0);
    const found = await published();
    const all = [...found.values()].flat();
    expect(all.length).toBeGreaterThan(100);
    for (const key of keys) expect(firstOf(found.get(key) ?? [])).toEqual(upTo(25));
  });

  it('is led by one replica; another takes over when the leader stops or its connection is lost', async () => {
    const [key] = (await newWork(1)) as [string];
    const others = await Promise.all(
      [1, 2].map(async (at) => {
        const own = await Database.open({ url: stored.appUrl, applicationName: `replica-${at}` });
        ends.unshift(() => own.close());
        return own;
      }),
    );
    const [first, second] = others.map((own) => relayOf({}, own)) as [OutboxRelay, OutboxRelay];
    const leaders = (): OutboxRelay[] => [first, second].filter((relay) => relay.status().leading);
    const commit = (): Promise<void> => database.transaction([FORCES[0]], (client) => change(client, key));
    await eventually(() => leaders().length === 1);
    await commit();
    await eventually(async () => (await publishedCount()) === 1);
    const led = leaders()[0] as OutboxRelay;
    const replica = led === first ? 'replica-1' : 'replica-2';
    await superuser.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = $2',
      [replica, stored.database],
    );
    await commit();
    await eventually(async () => (await publishedCount()) >= 2);
    await eventually(() => leaders().length === 1);
    await (leaders()[0] as OutboxRelay).stop();
    await commit();
    await eventually(async () => (await publishedCount()) >= 3);
    expect(firstOf((await published()).get(key) ?? [])).toEqual([1, 2, 3]);
    expect(leaders()).toHaveLength(1);
  });

  it('notices within its poll what another replica committed', async () => {
    const relay = relayOf();
    await eventually(() => relay.status().leading);
    const [key] = (await newWork(1)) as [string];
    await database.transaction([FORCES[0]], (client) => change(client, key));
    await eventually(() => relay.status().sent === 1, { withinMs: 5_000 });
  });

  it('keeps a message above what the topic takes, with its reason, and publishes what stands behind it', async () => {
    const key = randomUUID();
    const tooLarge = { ...event(key, 2), data: { version: 2, text: 'x'.repeat(1_200_000) } };
    await database.transaction([FORCES[0]], (client) =>
      appendEvents(client, [event(key, 1), tooLarge, event(key, 3)]),
    );
    const relay = relayOf();
    await eventually(async () => (await cursorMoved()) && relay.status().unsent === 1, {
      says: 'the message is set aside',
    });
    expect((await published()).get(key)?.filter((version, at, all) => all.indexOf(version) === at)).toEqual([
      1, 3,
    ]);
    expect((await superuser.query('select event_id, reason, waits, sent_at from unsent')).rows).toEqual([
      { event_id: tooLarge.eventId, reason: 'MESSAGE_TOO_LARGE', waits: false, sent_at: null },
    ]);
    await relay.stop();
    const next = relayOf();
    await eventually(() => next.status().leading && next.status().unsent === 1, {
      says: 'the next leader knows of it',
    });
  });

  it('publishes to other topics while one does not exist, and to that one, in order, once it does', async () => {
    const key = randomUUID();
    const missing = uniqueSlug('relay-missing');
    const to = (version: number, name: string): LoggedEvent => ({ ...event(key, version), topic: name });
    const append = (events: LoggedEvent[]): Promise<void> =>
      database.transaction([FORCES[0]], (client) => appendEvents(client, events));
    await append([to(1, missing), to(1, topic), to(2, missing)]);
    const relay = relayOf();
    await eventually(() => relay.status().waitingTopics[missing] === 'UNKNOWN_TOPIC_OR_PARTITION', {
      withinMs: 40_000,
    });
    await append([to(2, topic), to(3, missing)]);
    await eventually(async () => firstOf((await published()).get(key) ?? []).length === 2, {
      withinMs: 40_000,
      says: 'others go on',
    });
    await createTopics([missing], 1);
    await eventually(() => Object.keys(relay.status().waitingTopics).length === 0, {
      withinMs: 60_000,
      says: 'the topic takes messages',
    });
    // That the topic is no longer waited for says that it may be sent to, and not that it has been.
    const found = await eventually(
      async () => {
        const versions = firstOf((await readTopic(settings, missing, 'relay-spec.')).map(versionOf));
        return versions.length === 3 && versions;
      },
      { withinMs: 40_000, says: 'three messages on the new topic' },
    );
    expect(found).toEqual([1, 2, 3]);
    await eventually(() => relay.status().unsent === 0, { says: 'nothing left to send' });
    expect(relay.status()).toMatchObject({ unsent: 0, failing: null });
  }, 120_000);
});
