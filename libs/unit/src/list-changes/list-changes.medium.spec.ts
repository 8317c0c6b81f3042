import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, eventually, UnitAtRest } from '#testing';
import type { StaffCaller } from '#web';
import { changeRequest } from '../change-request/change-request.ts';
import type { StaffCommand } from '../change-request/change-body.ts';
import type { RequestType } from '../unit-definition.ts';
import { listChanges, type ChangePlace, type ChangesPage } from './list-changes.ts';

const [OWNER, OTHER] = ['north', 'south'] as const;
const [type] = deskMoves.requestTypes as [RequestType];

describe('the changes since a moment', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(deskMoves, [OWNER, OTHER]);
  });
  afterAll(() => at.stop());

  const staff = (forces: readonly string[] = [OWNER, OTHER]): StaffCaller => ({
    kind: 'staff',
    person: 'me',
    name: 'Me',
    unit: deskMoves.slug,
    role: 'caseworker',
    forces,
  });
  const changes = (after?: ChangePlace, limit = 200, forces?: readonly string[]): Promise<ChangesPage> =>
    listChanges(at.unit, staff(forces), { after, limit });
  const change = (id: string, command: StaffCommand, version: number, body?: object): Promise<unknown> =>
    changeRequest(at.unit, { caller: staff(), reference: id, command, version, body });

  /** The present, once it is after every event: a transaction of another test may hold it back. */
  const present = (forces?: readonly string[]): Promise<ChangePlace> =>
    eventually(async () => {
      const { next } = await changes(undefined, 200, forces);
      const [newest] = await at.rows('select coalesce(max(xid), 0)::text as xid from event');
      return BigInt(next[0]) > BigInt(String(newest?.['xid'])) && next;
    });
  /** The first page with changes. A transaction of another test may hold them back for a moment. */
  const changed = (after: ChangePlace, forces?: readonly string[]): Promise<ChangesPage> =>
    eventually(async () => {
      const page = await changes(after, 200, forces);
      return page.items.length > 0 && page;
    });

  it('begin with the present: no cursor, no items', async () => {
    await at.arrive({ force: OWNER, type });
    expect((await changes()).items).toEqual([]);
    expect((await changes(await present())).items).toEqual([]);
  });

  it('list an arrival, each change and the end of a request, once for each call and as it is now', async () => {
    const [id] = (await at.arrive({ force: OWNER, type })) as [string];
    const next = await present();
    const noted = async (version: number): Promise<unknown> => change(id, 'note', version, { text: 'noted' });
    await change(id, 'claim', 1);
    const claimed = await changed(next);
    expect(claimed.items).toEqual([
      {
        id,
        unitReference: expect.stringMatching(/^DSK-/),
        force: OWNER,
        version: 2,
        state: 'claimed',
        assignee: 'me',
      },
    ]);
    await noted(2);
    await noted(3);
    const both = await eventually(async () => {
      const page = await changes(claimed.next);
      return page.items[0]?.version === 4 && page;
    });
    expect(both.items).toHaveLength(1);
    const quiet = await present();
    await change(id, 'answer', 4, { answer: type.examples[0]?.answer });
    expect((await changed(quiet)).items).toMatchObject([{ id, version: 5, state: 'answered' }]);
    const again = await present();
    const [arrived] = await at.arrive({ force: OWNER, type });
    expect((await changed(again)).items).toMatchObject([{ id: arrived, version: 1, state: 'queued' }]);
  });

  it('continue over several pages without a gap', async () => {
    const next = await present();
    const ids = await at.arrive(
      ...Array.from({ length: 7 }, (_, index) => ({ force: index % 2 === 0 ? OWNER : OTHER, type })),
    );
    const seen = new Set<string>();
    let after = next;
    await eventually(async () => {
      const page = await changes(after, 3);
      expect(page.items.length).toBeLessThanOrEqual(3);
      for (const { id } of page.items) seen.add(id);
      after = page.next;
      return seen.size === ids.length;
    });
    expect([...seen].sort()).toEqual([...ids].sort());
  });

  it('never pass over a change that commits late', async () => {
    const next = await present();
    let early: ChangesPage | undefined;
    let late: string | undefined;
    await at.unit.database.transaction([OWNER], async (client) => {
      // This transaction has its number before the arrival below, and writes its event after it.
      await client.query('select pg_current_xact_id()');
      [late] = await at.arrive({ force: OWNER, type });
      early = await changes(next);
      await client.query(
        `insert into event (owning_force, event_id, request_id, type, time, source, data)
         values ($1, gen_random_uuid(), $2, 'concordat.note-added.v1', now(), 'test', '{}')`,
        [OWNER, late],
      );
    });
    expect(early?.items).toEqual([]);
    expect((await changed(early?.next ?? next)).items.map(({ id }) => id)).toEqual([late]);
  });

  it('are those of the caller’s forces only', async () => {
    const next = await present([OTHER]);
    await at.arrive({ force: OWNER, type });
    expect((await changes(next, 200, [OTHER])).items).toEqual([]);
    const [theirs] = await at.arrive({ force: OTHER, type });
    expect((await changed(next, [OTHER])).items).toMatchObject([{ id: theirs }]);
  });
});
