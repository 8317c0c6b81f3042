import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, eventually, UnitAtRest } from '#testing';
import type { StaffCaller } from '#web';
import { changeRequests } from '../change-request/change-request.ts';
import { getNext } from '../get-next/get-next.ts';
import { listChanges, type ChangesPage } from '../list-changes/list-changes.ts';
import { listQueue, type QueuePage } from '../list-queue/list-queue.ts';

const FORCE = 'north';
const [type] = deskMoves.requestTypes as [(typeof deskMoves.requestTypes)[0]];
const DEEP = 1_000;
/** Number of requests claimed at once. */
const PAGE = 100;
const caller: StaffCaller = {
  kind: 'staff',
  person: 'ana',
  name: 'Ana',
  unit: deskMoves.slug,
  role: 'caseworker',
  forces: [FORCE],
};

/**
 * The statements must read little in a queue that has become deep while the statistics still say that it is
 * empty. Autovacuum is off for these tables, because it would update the statistics at random times.
 */
describe('a deep queue', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(deskMoves, [FORCE]);
    for (const table of ['task', 'request'])
      await at.rows(`alter table ${table} set (autovacuum_enabled = off)`);
    await arrive(PAGE);
    await finish('ana', PAGE);
    await at.rows('analyze task, request');
    await arrive(DEEP);
  }, 120_000);
  afterAll(() => at.stop());

  /** Claims and answers the next requests. */
  async function finish(person: string, count: number): Promise<void> {
    const worker = { ...caller, person };
    const done = await getNext(at.unit, worker, { count, types: null });
    const answer = type.examples[0]?.answer;
    const wanted = done.map(({ id, version }) => ({
      reference: id,
      command: 'answer' as const,
      version,
      body: { answer },
    }));
    expect((await changeRequests(at.unit, worker, wanted)).filter(({ refusal }) => refusal)).toEqual([]);
  }

  const arrive = (count: number): Promise<unknown> =>
    at.arrive(...Array.from({ length: count }, () => ({ force: FORCE, type })));

  /** The number of index entries read so far. A connection reports its numbers only when asked or closed. */
  async function entriesRead(table: string): Promise<number> {
    const clients = await Promise.all(Array.from({ length: 10 }, () => at.unit.database.connect()));
    for (const client of clients) await client.query('select pg_stat_force_next_flush()');
    for (const client of clients) client.release();
    const [row] = await at.rows(
      `select sum(idx_tup_read)::int as read from pg_stat_user_indexes where relname = $1`,
      [table],
    );
    return row?.['read'] as number;
  }

  it('gives the next requests without reading those that others have claimed before', async () => {
    for (let claimed = 0; claimed < DEEP / 2; claimed += PAGE)
      await getNext(at.unit, caller, { count: PAGE, types: null });
    const before = await entriesRead('task');
    expect(await getNext(at.unit, caller, { count: PAGE, types: null })).toHaveLength(PAGE);
    // Each request needs two candidates and a few more, its row, and the row again when it is written.
    expect(((await entriesRead('task')) - before) / PAGE).toBeLessThan(16);
  });

  /** The number of entries that the work reads in the indexes of a table. */
  const entriesFor = async (table: string, work: () => Promise<unknown>): Promise<number> => {
    const before = await entriesRead(table);
    await work();
    return (await entriesRead(table)) - before;
  };

  it.each(['due', 'oldest', 'newest'] as const)(
    'lists a page, %s first, by reading that page',
    async (sort) => {
      const list = (): Promise<QueuePage> => listQueue(at.unit, caller, { sort, limit: 10 });
      const { filtered } = await list();
      expect(Object.values(filtered).reduce((sum, n) => sum + n, 0)).toBe(DEEP);
      const mine = { ...caller, person: 'nobody' };
      // Each of eleven rows is found in its order and again by its key, each perhaps in an older version too.
      expect(await entriesFor('task', () => listQueue(at.unit, mine, { sort, limit: 10 }))).toBeLessThan(60);
    },
  );

  it('lists the newest answers, those of everybody and those of one person, by reading that page', async () => {
    const read = async (person: string, assignee?: string): Promise<number> => {
      const { groups } = await listQueue(
        at.unit,
        { ...caller, person },
        { sort: 'finished', limit: 10, ...(assignee && { assignee }) },
      );
      return groups[0]?.items.length ?? 0;
    };
    await finish('cy', 20);
    await finish('dot', 50);
    expect(await read('nobody')).toBe(10);
    expect(await read('cy', 'me')).toBe(10);
    expect(await entriesFor('task', () => read('nobody'))).toBeLessThan(60);
    expect(await entriesFor('event', () => read('nobody'))).toBeLessThan(60);
    expect(await entriesFor('task', () => read('cy', 'me'))).toBeLessThan(60);
    expect(await entriesFor('task', () => read('nobody', 'me'))).toBeLessThan(10);
  });

  it('counts the requests of one person by reading these', async () => {
    const few = 7;
    const bo = { ...caller, person: 'bo' };
    expect(await getNext(at.unit, bo, { count: few, types: null })).toHaveLength(few);
    const count = async (): Promise<void> => {
      const { filtered, mine } = await listQueue(at.unit, bo, { assignee: 'me', limit: 1 });
      expect(Object.values(filtered).reduce((sum, n) => sum + n, 0)).toBe(few);
      expect(mine).toBe(few);
    };
    await count();
    // The list reads two, and `filtered` and `mine` read each request once.
    expect(await entriesFor('task', count)).toBeLessThan(4 * few);
  });

  it('tells what changed since a moment by reading those changes', async () => {
    const { next } = await listChanges(at.unit, caller, { after: undefined, limit: 200 });
    const none = (): Promise<unknown> => listChanges(at.unit, caller, { after: next, limit: 200 });
    await none();
    expect(await entriesFor('event', none)).toBeLessThan(5);
    await getNext(at.unit, caller, { count: 5, types: null });
    const since = (): Promise<ChangesPage> => listChanges(at.unit, caller, { after: next, limit: 200 });
    // A transaction of another test may hold the changes back for a moment.
    await eventually(async () => (await since()).items.length === 5);
    const five = async (): Promise<void> => expect((await since()).items).toHaveLength(5);
    expect(await entriesFor('event', five)).toBeLessThan(10);
    expect(await entriesFor('task', five)).toBeLessThan(20);
  });
});
