import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OneOf, Text } from '#contracts';
import { UnitAtRest } from '#testing';
import type { StaffCaller } from '#web';
import { defineUnit, requestType } from '../define-unit.ts';
import { readSearchQuery } from './search-query.ts';
import { searchRequests } from './search-requests.ts';
import { ENTRIES_MAX } from './search-requests.sql.ts';

const FORCE = 'north';

class Letter {
  @Text({ max: 120, searched: 'words', title: 'Sender' }) sender!: string;
}
class Filed {
  @OneOf(['filed']) outcome!: string;
}
const letters = defineUnit({
  slug: 'letters',
  functionId: 'F3',
  title: 'Letters',
  referencePrefix: 'LET',
  requestTypes: [
    requestType(Letter, Filed, {
      name: 'letter',
      version: 1,
      title: 'Letter',
      subject: ({ sender }) => [sender],
      decision: 'one-person',
      lawEnforcement: false,
      risk: 1,
      clocks: [
        {
          name: 'file',
          title: 'File',
          kind: 'elapsed-hours',
          amount: 48,
          pausable: true,
          metBy: 'answered',
          source: '',
        },
      ],
      examples: [{ payload: { sender: 'A. Example' }, answer: { outcome: 'filed' } }],
    }),
  ],
});
const [type] = letters.requestTypes as [(typeof letters.requestTypes)[0]];
const caller: StaffCaller = {
  kind: 'staff',
  person: 'ana',
  name: 'Ana',
  unit: letters.slug,
  role: 'caseworker',
  forces: [FORCE],
};
const DEEP = 2_400;
const BATCH = 400;

/** A search must read little when a word is in many requests and nothing was analysed yet. */
describe('a search among many requests', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(letters, [FORCE]);
    await at.rows('alter table search_term set (autovacuum_enabled = off)');
    for (let first = 0; first < DEEP; first += BATCH)
      await at.arrive(
        ...Array.from({ length: BATCH }, (_, n) => ({
          force: FORCE,
          type,
          payload: { sender: `Common Everybody name${first + n} ${(first + n) % 800 === 0 ? 'Seldom' : ''}` },
        })),
      );
  }, 120_000);
  afterAll(() => at.stop());

  const search = (q: string) => searchRequests(at.unit, caller, readSearchQuery({ q }));

  /** The number of index entries read so far. A connection reports its numbers only when asked or closed. */
  async function entriesRead(): Promise<number> {
    const clients = await Promise.all(Array.from({ length: 10 }, () => at.unit.database.connect()));
    for (const client of clients) await client.query('select pg_stat_force_next_flush()');
    for (const client of clients) client.release();
    const [row] = await at.rows(
      `select sum(idx_tup_read)::int as read, sum(seq_tup_read)::int as scanned
       from pg_stat_user_indexes as indexes
       join pg_stat_user_tables as tables using (relid)
       where indexes.relname = 'search_term'`,
    );
    expect(row?.['scanned']).toBe(0);
    return row?.['read'] as number;
  }
  const readBy = async (q: string): Promise<number> => {
    const before = await entriesRead();
    await search(q);
    return (await entriesRead()) - before;
  };

  it('reads a few entries for a rare word, however many requests there are', async () => {
    expect((await search('seldom')).items).toHaveLength(3);
    expect(await readBy('seldom')).toBeLessThan(30);
  });

  it('reads a bounded number of entries for a common word and looks the rare one up', async () => {
    expect((await search('common seldom')).items).toHaveLength(3);
    // Both words are counted, up to the bound; then each request with the rare word is looked up once.
    expect(await readBy('common seldom')).toBeLessThan(ENTRIES_MAX + 50);
    // All requests that have the beginning are read, because they are too many to be looked up.
    expect(await readBy('seldom com')).toBeLessThan(2 * ENTRIES_MAX + 100);
    expect((await search('seldom com')).items).toHaveLength(3);
  });

  it('finds the number of a reference alone by a few entries', async () => {
    const { items } = await search('17');
    expect(items[0]?.unitReference).toMatch(/-000017$/);
    expect((await search('0017')).items[0]?.id).toBe(items[0]?.id);
    expect(await readBy('0017')).toBeLessThan(30);
  });

  it('gives the newest requests of a word that is in too many, and says that there are more', async () => {
    const [{ id }] = (await at.rows('select max(id::text) as id from request')) as [{ id: string }];
    const { items, more } = await search('common everybody');
    expect([items.length, items[0]?.id, more]).toEqual([20, id, true]);
    expect((await search('comm')).more).toBe(true);
    // Three readings are counted. Those of one are read, and looked up in another.
    expect(await readBy('common everybody')).toBeLessThan(6 * ENTRIES_MAX + 50);
  });
});
