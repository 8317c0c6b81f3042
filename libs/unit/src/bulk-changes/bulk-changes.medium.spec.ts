import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { deskMoves, UnitAtRest } from '#testing';
import type { StaffCaller } from '#web';
import { changeRequest } from '../change-request/change-request.ts';
import type { QueueFilter } from '../list-queue/queue-query.ts';
import { getNext } from '../get-next/get-next.ts';
import { BulkWorker } from './bulk-worker.ts';
import {
  listBulkItems,
  listBulks,
  prepareBulk,
  readBulk,
  startBulk,
  stopBulk,
  type BulkCommand,
  type BulkItemView,
} from './bulk-changes.ts';

const [NORTH, SOUTH] = ['north', 'south'] as const;
const [type] = deskMoves.requestTypes as [(typeof deskMoves.requestTypes)[0]];

describe('a bulk change', () => {
  let at: UnitAtRest;
  let worker: BulkWorker;
  beforeAll(async () => {
    at = await UnitAtRest.start(deskMoves, [NORTH, SOUTH]);
    worker = new BulkWorker(at.unit);
  });
  afterAll(() => at.stop());

  const staff = (
    person: string,
    { forces = [NORTH, SOUTH], role = 'supervisor' }: Partial<Pick<StaffCaller, 'forces' | 'role'>> = {},
  ): StaffCaller => ({ kind: 'staff', person, name: person, unit: deskMoves.slug, role, forces });
  const submit = async (count: number, force: string = NORTH): Promise<string[]> =>
    at.arrive(...Array.from({ length: count }, () => ({ force, type })));
  const prepare = (
    caller: StaffCaller,
    command: BulkCommand,
    {
      body = {} as object,
      filter = {} as QueueFilter,
      requests = undefined as readonly string[] | undefined,
    },
  ) => prepareBulk(at.unit, caller, { command, body, filter, requests });
  const untilDone = async (caller: StaffCaller, id: string): Promise<void> => {
    await startBulk(at.unit, caller, id);
    while (await worker.work());
  };
  const resultsOf = async (caller: StaffCaller, id: string): Promise<readonly BulkItemView[]> =>
    (await listBulkItems(at.unit, caller, id, { after: 0, limit: 500 })).items;
  const states = async (ids: readonly string[]): Promise<string[]> =>
    (await at.rows('select state from task where id = any ($1)', [ids])).map(({ state }) => String(state));

  it('changes nothing when it is prepared, and every request of the list when it is started', async () => {
    const me = staff('all-of-them');
    const ids = [...(await submit(130)), ...(await submit(20, SOUTH))];
    const prepared = await prepare(me, 'claim', { filter: { assignee: 'none' } });
    expect(prepared).toMatchObject({ state: 'prepared', total: 150, done: 0, refused: 0 });
    expect(new Set(await states(ids))).toEqual(new Set(['queued']));
    await untilDone(me, prepared.id);
    expect(await readBulk(at.unit, me, prepared.id)).toMatchObject({
      state: 'finished',
      done: 150,
      refused: 0,
    });
    const claimed = await at.rows('select 1 from task where assignee = $1', [me.person]);
    expect(claimed).toHaveLength(150);
    const events = await at.rows(
      `select 1 from event where type = 'concordat.request-claimed.v1' and person = $1`,
      [me.person],
    );
    expect(events).toHaveLength(150);
  });

  it('has a result for each request, and refuses one that changed after the selection', async () => {
    const me = staff('with-results');
    const ids = await submit(3);
    const prepared = await prepare(me, 'claim', { requests: ids });
    await changeRequest(at.unit, {
      caller: staff('quicker'),
      reference: ids[1] as string,
      command: 'note',
      version: 1,
      body: { text: 'This one is real.' },
    });
    await untilDone(me, prepared.id);
    const results = await resultsOf(me, prepared.id);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['done', 'done', 'refused']);
    expect(results.find(({ outcome }) => outcome === 'refused')?.reason).toMatch(/now at version 2/);
    expect((await states(ids)).sort()).toEqual(['claimed', 'claimed', 'queued']);
    const only = await listBulkItems(at.unit, me, prepared.id, { after: 0, limit: 1, refused: false });
    expect([only.items.length, only.next]).toEqual([1, only.items[0]?.place]);
  });

  it('gives each request the refusal that its command would give', async () => {
    const auditor = staff('reads-only', { role: 'auditor' });
    const [id] = (await submit(1)) as [string];
    const prepared = await prepare(auditor, 'claim', { requests: [id] });
    await untilDone(auditor, prepared.id);
    expect(await resultsOf(auditor, prepared.id)).toMatchObject([
      { outcome: 'refused', reason: expect.stringMatching(/auditor/) },
    ]);
    await expect(prepare(staff('x'), 'hold', { body: {}, requests: [id] })).rejects.toThrow(/hold/);
  });

  it('does each request once if two processes work on it', async () => {
    const me = staff('in-two-processes');
    const ids = await submit(60);
    const prepared = await prepare(me, 'note', { body: { text: 'Once.' }, requests: ids });
    await startBulk(at.unit, me, prepared.id);
    const other = new BulkWorker(at.unit);
    await Promise.all([worker.work(), other.work()]);
    while (await worker.work());
    expect(await readBulk(at.unit, me, prepared.id)).toMatchObject({ done: 60, refused: 0 });
    expect(await at.rows(`select 1 from note where text = 'Once.'`)).toHaveLength(60);
  });

  it('changes ten thousand requests with a result each, while others work on the same list', async () => {
    const me = staff('changes-ten-thousand');
    for (let n = 0; n < 20; n += 1) await submit(500, n % 2 === 0 ? NORTH : SOUTH);
    const others = Array.from({ length: 3 }, (_, n) => staff(`works-meanwhile-${String(n)}`));
    const prepared = await prepare(me, 'claim', { filter: { assignee: 'none' } });
    expect(prepared.total).toBeGreaterThanOrEqual(10_000);
    await startBulk(at.unit, me, prepared.id);
    const theirs = others.map(async (other) => {
      const taken: string[] = [];
      while ((await readBulk(at.unit, me, prepared.id)).state === 'running') {
        const [task] = await getNext(at.unit, other, { count: 1, types: null });
        if (task) taken.push(task.id);
      }
      return taken;
    });
    while (await worker.work());
    const taken = (await Promise.all(theirs)).flat();
    const { done, refused, total } = await readBulk(at.unit, me, prepared.id);
    expect(done + refused).toBe(total);
    expect(taken.length).toBeGreaterThan(0);
    expect(refused).toBe(taken.length);
    const mine = await at.rows('select 1 from task where assignee = $1', [me.person]);
    expect(mine).toHaveLength(done);
    const results = await at.rows('select 1 from bulk_item where bulk_id = $1 and status is not null', [
      prepared.id,
    ]);
    expect(results).toHaveLength(total);
  }, 120_000);

  it('is stopped: what is done stays done, and the rest is not touched', async () => {
    const me = staff('stops');
    const ids = await submit(80);
    const prepared = await prepare(me, 'claim', { requests: ids });
    await startBulk(at.unit, me, prepared.id);
    await worker.work();
    expect(await stopBulk(at.unit, me, prepared.id)).toMatchObject({ state: 'stopped', done: 50, total: 80 });
    expect(await worker.work()).toBe(false);
    expect((await states(ids)).filter((state) => state === 'queued')).toHaveLength(30);
  });

  it('selects and shows nothing of a force that the person does not see, and nothing of another person', async () => {
    const south = staff('of-the-south', { forces: [SOUTH] });
    const theirs = await submit(2, SOUTH);
    const ours = await submit(2, NORTH);
    const prepared = await prepare(south, 'claim', { filter: { assignee: 'none' } });
    await untilDone(south, prepared.id);
    const reached = await resultsOf(south, prepared.id);
    expect(new Set(reached.map(({ force }) => force))).toEqual(new Set([SOUTH]));
    expect(reached.length).toBeGreaterThanOrEqual(theirs.length);
    expect(await states(ours)).toEqual(['queued', 'queued']);
    await expect(prepare(south, 'claim', { requests: ours })).rejects.toThrow(/may not see/);
    expect((await prepare(south, 'claim', { filter: { force: NORTH } })).total).toBe(0);
    const stranger = staff('stranger');
    for (const id of [prepared.id, newId()]) {
      await expect(readBulk(at.unit, stranger, id)).rejects.toThrow(/no such bulk change/);
      await expect(startBulk(at.unit, stranger, id)).rejects.toThrow(/no such bulk change/);
      await expect(listBulkItems(at.unit, stranger, id, { after: 0, limit: 1 })).rejects.toThrow(
        /no such bulk change/,
      );
    }
    expect(await listBulks(at.unit, stranger)).toEqual([]);
    // A person who lost a force since no longer sees its results.
    const narrowed = staff('all-of-them', { forces: [NORTH] });
    const [bulk] = await listBulks(at.unit, narrowed);
    expect(bulk).toMatchObject({ total: 150, done: 130 });
  });

  it('keeps the newest twenty of a person, and a running one whatever its age', async () => {
    const me = staff('prepares-often');
    const [id] = (await submit(1)) as [string];
    const first = await prepare(me, 'note', { body: { text: 'Long ago.' }, requests: [id] });
    await startBulk(at.unit, me, first.id);
    for (let n = 0; n < 22; n += 1) await prepare(me, 'claim', { filter: { state: 'held' } });
    expect(await listBulks(at.unit, me)).toHaveLength(20);
    expect(await readBulk(at.unit, me, first.id)).toMatchObject({ state: 'running' });
  });
});
