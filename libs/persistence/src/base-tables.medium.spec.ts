import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { problemDetails } from '#contracts';
import { createServiceDatabase, eventually, type ServiceDatabase } from '#testing';
import {
  appendEvents,
  Database,
  BASE_MIGRATIONS,
  newestDeadLetters,
  PostgresDeadLetters,
  PostgresOutbox,
  recordAccess,
  takeIn,
} from './index.ts';

const [BEDS, HERTS] = ['bedfordshire', 'hertfordshire'] as const;
let stored: ServiceDatabase;
let database: Database;
let superuser: pg.Client;

beforeAll(async () => {
  stored = await createServiceDatabase({ service: 'probe', migrations: BASE_MIGRATIONS });
  database = await Database.open({ url: stored.appUrl, applicationName: 'base-tables-spec' });
  superuser = new pg.Client({ connectionString: stored.superUrl });
  await superuser.connect();
});

afterAll(async () => {
  await database.close();
  await superuser.end();
  await stored.drop();
});

const event = (owningForce: string) => ({
  owningForce,
  eventId: randomUUID(),
  requestId: null,
  type: 'concordat.test.v1',
  time: '2026-01-05T09:00:00Z',
  topic: 'somewhere',
  key: null,
  source: '/test',
  data: {},
});

/**
 * A transaction that is open anywhere in this PostgreSQL, even in another test, limits the window that can be
 * read.
 */
type Batch = Awaited<ReturnType<PostgresOutbox['next']>>;
const someRows = (batch: Batch): Batch | false => batch.rows.length > 0 && batch;
const nextRows = async (outbox: PostgresOutbox, limit: number): Promise<Batch['rows']> =>
  (await eventually(async () => someRows(await outbox.next(limit)), { withinMs: 60_000 })).rows;

describe('the event log', () => {
  it('shows no rows without a force, only its own rows to a force, and all rows to the relay of both', async () => {
    await database.transaction([BEDS, HERTS], (client) => appendEvents(client, [event(BEDS), event(HERTS)]));
    const client = await database.connect();
    expect((await client.query('select 1 from event')).rowCount).toBe(0);
    client.release();
    const seen = await database.transaction(
      [HERTS],
      async (own) => (await own.query<{ f: string }>('select owning_force as f from event')).rows,
    );
    expect(seen).toEqual([{ f: HERTS }]);
    for (const [forces, count] of [
      [[HERTS], 1],
      [[BEDS, HERTS], 2],
    ] as const) {
      const outbox = new PostgresOutbox(database, { forces });
      await eventually(() => outbox.lead());
      try {
        expect(await nextRows(outbox, 100)).toHaveLength(count);
      } finally {
        await outbox.release();
      }
    }
  });

  it('lets one outbox lead at a time, and reads again from the last confirmed batch', async () => {
    const [one, two] = [
      new PostgresOutbox(database, { forces: [BEDS, HERTS] }),
      new PostgresOutbox(database, { forces: [BEDS, HERTS] }),
    ];
    // The previous outbox has disconnected; its session ends a moment later.
    expect(await eventually(() => one.lead())).toBe(true);
    expect(await two.lead()).toBe(false);
    const first = await eventually(async () => someRows(await one.next(1)));
    const second = await one.next(1);
    expect((await one.next(1)).rows).toEqual([]);
    await first.confirm();
    await one.rewind();
    expect(await nextRows(one, 5)).toEqual(second.rows);
    await one.release();
    await expect(one.next(1)).rejects.toThrow('does not lead');
    expect(await two.lead()).toBe(true);
    expect(await nextRows(two, 5)).toEqual(second.rows);
    await two.release();
  });

  it('keeps an event once, and refuses events of a force that the transaction did not name', async () => {
    const twice = event(BEDS);
    await database.transaction([BEDS], (client) => appendEvents(client, [twice]));
    await database.transaction([BEDS], (client) => appendEvents(client, [twice]));
    expect((await superuser.query('select 1 from event where event_id = $1', [twice.eventId])).rowCount).toBe(
      1,
    );
    await expect(
      database.transaction([HERTS], (client) => appendEvents(client, [event(BEDS)])),
    ).rejects.toThrow('row-level security');
  });

  it('can be changed by nobody, its owner included', async () => {
    const owner = new pg.Client({ connectionString: stored.ownerUrl });
    await owner.connect();
    await owner.query(`set concordat.forces = '${BEDS}'`);
    await expect(owner.query('delete from event')).rejects.toThrow('append-only');
    await expect(owner.query(`update event set type = 'x'`)).rejects.toThrow('append-only');
    await owner.end();
    await expect(database.transaction([BEDS], (client) => client.query('delete from event'))).rejects.toThrow(
      'permission denied',
    );
  });
});

describe('the inbox', () => {
  const message = (messageId: string, contentHash = 'h', owningForce: string = BEDS) => ({
    owningForce,
    messageId,
    contentHash,
  });

  it('distinguishes new messages, repeats and conflicts, in a batch and across batches', async () => {
    const outcomes = await database.transaction([BEDS, HERTS], (client) =>
      takeIn(client, [
        message('b'),
        message('a'),
        message('a'),
        message('a', 'other'),
        message('a', 'h', HERTS),
      ]),
    );
    expect(outcomes).toEqual(['new', 'new', 'repeat', 'conflict', 'new']);
    const again = await database.transaction([BEDS], (client) =>
      takeIn(client, [message('a', 'other'), message('a'), message('c')]),
    );
    expect(again).toEqual(['conflict', 'repeat', 'new']);
  });

  it('waits for a concurrent transaction that records the same id', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() =>
        database.transaction([BEDS], (client) => takeIn(client, [message('raced'), message('raced-too')])),
      ),
    );
    expect([first?.[0], second?.[0]].sort()).toEqual(['new', 'repeat']);
  });
});

describe('the access log', () => {
  it('is appended to for the force that owns the record, with an operation the law names', async () => {
    const entry = {
      owningForce: BEDS,
      person: 'p-1',
      service: 'probe',
      operation: 'consultation' as const,
      requestId: randomUUID(),
    };
    await database.transaction([BEDS], (client) =>
      recordAccess(client, [entry, { ...entry, operation: 'disclosure', recipient: 'court' }]),
    );
    const { rows } = await superuser.query('select operation, recipient from access_log order by position');
    expect(rows).toEqual([
      { operation: 'consultation', recipient: null },
      { operation: 'disclosure', recipient: 'court' },
    ]);
    const unnamed = { ...entry, operation: 'peeking' as never };
    await expect(database.transaction([BEDS], (client) => recordAccess(client, [unnamed]))).rejects.toThrow(
      'check constraint',
    );
    await expect(
      database.transaction([BEDS], (client) => client.query('update access_log set person = null')),
    ).rejects.toThrow('permission denied');
  });
});

describe('dead letters', () => {
  const letter = (offset: string, force: string) => ({
    force,
    problem: problemDetails('malformed-json', 'not JSON \0 at all'),
    message: {
      topic: 'unit.fleet.requests.v1',
      partition: 2,
      offset,
      rawKey: Buffer.from([0, 255]),
      rawHeaders: [
        ['odd"\\,{}', Buffer.from([0xc3, 0x28])],
        ['ce_id', Buffer.from('x')],
        ['none', null],
      ] as const,
      value: Buffer.from('{"a": \\x00'),
    },
  });

  it('are kept byte for byte and once, under a force of the deployment or as unattributed', async () => {
    const store = new PostgresDeadLetters(database, [BEDS, HERTS]);
    await store.keep([
      letter('1', BEDS),
      letter('2', 'mallory'),
      { ...letter('3', HERTS), message: { ...letter('3', HERTS).message, value: null, rawKey: null } },
    ]);
    await store.keep([letter('1', BEDS)]);
    const { rows } = await superuser.query(
      'select owning_force, "offset", key, value, headers, problem from dead_letter order by "offset"',
    );
    expect(rows.map((row: { owning_force: string }) => row.owning_force)).toEqual([
      BEDS,
      'unattributed',
      HERTS,
    ]);
    expect(rows[0]).toMatchObject({ key: Buffer.from([0, 255]), value: Buffer.from('{"a": \\x00') });
    expect(rows[2]).toMatchObject({ key: null, value: null });
    expect(rows[0].headers).toEqual([
      { name: 'odd"\\,{}', base64: 'wyg=' },
      { name: 'ce_id', base64: 'eA==', text: 'x' },
      { name: 'none', base64: null },
    ]);
    const newest = await database.transaction([BEDS], (client) => newestDeadLetters(client));
    expect(newest).toMatchObject([
      { owningForce: BEDS, topic: 'unit.fleet.requests.v1', partition: 2, offset: '1', bytes: 10 },
    ]);
  });
});
