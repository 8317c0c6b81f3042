import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, UnitAtRest } from '#testing';
import type { StaffCaller } from '#web';
import { changeRequests } from '../change-request/change-request.ts';
import { getNext } from '../get-next/get-next.ts';

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
    const done = await getNext(at.unit, caller, { count: PAGE, types: null });
    const answer = type.examples[0]?.answer;
    const wanted = done.map(({ id, version }) => ({
      reference: id,
      command: 'answer' as const,
      version,
      body: { answer },
    }));
    expect((await changeRequests(at.unit, caller, wanted)).filter(({ refusal }) => refusal)).toEqual([]);
    await at.rows('analyze task, request');
    await arrive(DEEP);
  }, 120_000);
  afterAll(() => at.stop());

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
});
