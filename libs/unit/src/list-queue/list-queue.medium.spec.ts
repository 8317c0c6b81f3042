import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { urgencyOf, type State, type Urgency } from '#requests';
import { deskMoves, UnitAtRest } from '#testing';
import type { StaffCaller } from '#web';
import { changeRequest } from '../change-request/change-request.ts';
import { getNext } from '../get-next/get-next.ts';
import { countRequests } from '../reconcile/count-requests.ts';
import type { TaskView } from '../task-view.ts';
import { UnitRuntime } from '../unit-runtime.ts';
import { listQueue, type QueueItem, type QueuePage } from './list-queue.ts';
import type { QueueQuery } from './queue-query.ts';

const HOUR_MS = 3_600_000;
const [OWNER, OTHER] = ['north', 'south'] as const;
/** The second type is a law-enforcement one that one person answers. */
const definition = {
  ...deskMoves,
  requestTypes: deskMoves.requestTypes.map((one) =>
    one.name === 'desk-purchase' ? { ...one, decision: 'one-person' as const, lawEnforcement: true } : one,
  ),
};
type Kind = (typeof definition.requestTypes)[0];
const [type, logged, seizure] = definition.requestTypes as [Kind, Kind, Kind];

describe('the queue', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(definition, [OWNER, OTHER]);
    // The moments lie between four days ago and one hour ahead (a sender's clock may be fast), some of them
    // within seconds of a bound.
    const ages = Array.from({ length: 60 }, (_, index) => index * 2 * HOUR_MS - HOUR_MS);
    const bounds = [4, 28, 52, 76].flatMap((hours) =>
      [-30_000, 30_000].map((near) => hours * HOUR_MS + near),
    );
    const arriving = [...ages, ...bounds].map((age, index) => ({
      force: index % 3 === 0 ? OTHER : OWNER,
      type: index % 5 === 0 ? seizure : type,
      receivedAt: new Date(Date.now() - age),
    }));
    await at.arrive(...arriving);
    // The tasks are in each open state, some with paused clocks.
    const { groups } = await page({ limit: 12 });
    const tasks = groups.flatMap(({ items }) => items);
    for (const [index, task] of tasks.entries()) {
      const claimed = await change(task, 'claim');
      if (index % 3 === 1) await change(claimed, 'hold', { reason: 'waiting' });
      if (index % 3 === 2) await change(claimed, 'ask', { question: 'which?' });
    }
  });
  afterAll(() => at.stop());

  const staff = (forces: readonly string[] = [OWNER, OTHER], person = 'me'): StaffCaller => ({
    kind: 'staff',
    person,
    name: person,
    unit: deskMoves.slug,
    role: 'caseworker',
    forces,
  });
  const page = (query: QueueQuery, caller = staff()): Promise<QueuePage> => listQueue(at.unit, caller, query);
  const change = (task: TaskView, command: 'claim' | 'hold' | 'ask', body?: object): Promise<TaskView> =>
    changeRequest(at.unit, { caller: staff(), reference: task.id, command, version: task.version, body });
  const itemsOf = ({ groups }: QueuePage): QueueItem[] => groups.flatMap(({ items }) => [...items]);
  const arrivalOf = ({ place }: QueueItem): number => Number(place?.at(-1));

  const stored = async (where = 'true'): Promise<{ due: Date | number; force: string }[]> =>
    (await at.rows(
      `select due_at as due, owning_force as force from task where state not in ('answered', 'declined') and ${where}`,
    )) as never;
  const grouped = async (now: Date, where?: string): Promise<Record<string, number>> => {
    const counts: Record<Urgency, number> = {
      criticallyOverdue: 0,
      overdue: 0,
      dueSoon: 0,
      notDueYet: 0,
      paused: 0,
    };
    for (const { due } of await stored(where)) counts[urgencyOf(due instanceof Date ? due : null, now)] += 1;
    return counts;
  };

  it('is counted by urgency exactly as if its tasks were counted one by one', async () => {
    expect((await page({ limit: 1 })).counts).toEqual(await grouped(new Date()));
    expect((await page({ limit: 1 }, staff([OTHER]))).counts).toEqual(
      await grouped(new Date(), `owning_force = '${OTHER}'`),
    );
    expect((await page({ limit: 1, type: seizure.name, force: OWNER })).counts).toEqual(
      await grouped(new Date(), `owning_force = '${OWNER}' and type = '${seizure.name}'`),
    );
  });

  it('is grouped by the bounds of its own unit', async () => {
    const { definition, database, deadLetters } = at.unit;
    const urgency = {
      dueSoonWithinMs: 30 * HOUR_MS,
      criticallyOverdueAfterMs: 2 * HOUR_MS,
      source: 'for this test',
    };
    const forces = [OWNER, OTHER].map((slug) => ({ slug, name: slug, code: '91', sandbox: false }));
    const pressed = new UnitRuntime(definition, { database, deadLetters, forces, urgency });
    const whole = await listQueue(pressed, staff(), { limit: 1 });
    const expected: Record<Urgency, number> = {
      criticallyOverdue: 0,
      overdue: 0,
      dueSoon: 0,
      notDueYet: 0,
      paused: 0,
    };
    const now = new Date();
    for (const { due } of await stored())
      expected[urgencyOf(due instanceof Date ? due : null, now, urgency)] += 1;
    expect(whole.counts).toEqual(expected);
    expect(whole.counts).not.toEqual((await page({ limit: 1 })).counts);
    const { groups } = await listQueue(pressed, staff(), { limit: 200, group: 'dueSoon' });
    expect(groups.map(({ name, items }) => [name, items.length])).toEqual([['dueSoon', expected.dueSoon]]);
  });

  it('pages through every open task once, in the order of work', async () => {
    const seen: TaskView[] = [];
    let after: QueueQuery['after'];
    for (let pages = 0; pages < 20; pages += 1) {
      const one = await page({ limit: 7, after });
      seen.push(...itemsOf(one));
      if (one.next === undefined) break;
      after = one.next;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen).toHaveLength((await stored()).length);
    const due = seen.map(({ dueAt }) => (dueAt === null ? Infinity : Date.parse(dueAt)));
    expect(due).toEqual([...due].sort((left, right) => left - right));
  });

  it('lists a group, a state, an assignee, a type or a force, and nothing else', async () => {
    const { counts, countsByState } = await page({ limit: 1 });
    for (const group of ['criticallyOverdue', 'overdue', 'dueSoon', 'notDueYet', 'paused'] as const) {
      const items = itemsOf(await page({ limit: 200, group }));
      expect(items).toHaveLength(counts[group]);
      expect(items.every(({ urgency }) => urgency === group)).toBe(true);
    }
    for (const state of ['queued', 'claimed', 'held', 'waiting-for-force'] as const) {
      expect(itemsOf(await page({ limit: 200, state }))).toHaveLength(countsByState[state]);
    }
    const mine = itemsOf(await page({ limit: 200, assignee: 'me' }));
    expect(mine).toHaveLength(12);
    expect(itemsOf(await page({ limit: 200, assignee: 'none' }))).toHaveLength(countsByState.queued);
    expect(itemsOf(await page({ limit: 200, assignee: 'me' }, staff(undefined, 'you')))).toHaveLength(0);
    expect(
      itemsOf(await page({ limit: 200, type: seizure.name })).every((task) => task.type === seizure.name),
    ).toBe(true);
    expect(itemsOf(await page({ limit: 200, force: OTHER })).every((task) => task.force === OTHER)).toBe(
      true,
    );
    expect(itemsOf(await page({ limit: 200, force: OWNER }, staff([OTHER])))).toHaveLength(0);
  });

  it.each(['oldest', 'newest'] as const)(
    'pages %s first, by arrival, through the same tasks',
    async (sort) => {
      const arrived = await at.rows(
        `select id from task where state not in ('answered', 'declined', 'withdrawn')
       order by arrival ${sort === 'newest' ? 'desc' : ''}`,
      );
      const seen: QueueItem[] = [];
      let after: QueueQuery['after'];
      for (let pages = 0; pages < 20; pages += 1) {
        const one = await page({ limit: 7, sort, after, places: true });
        // Each page is grouped by urgency; its places give the order back.
        const items = itemsOf(one).sort((left, right) => arrivalOf(left) - arrivalOf(right));
        seen.push(...(sort === 'newest' ? items.reverse() : items));
        if (one.next === undefined) break;
        after = one.next;
      }
      expect(seen.map(({ id }) => id)).toEqual(arrived.map(({ id }) => id));
    },
  );

  it('continues after any item by its place, and gives no places unless asked', async () => {
    for (const sort of ['due', 'oldest', 'newest'] as const) {
      const whole = itemsOf(
        await page({ limit: 200, sort, places: true, state: 'queued', group: 'dueSoon' }),
      );
      const place = whole[1]?.place;
      const rest = itemsOf(await page({ limit: 200, sort, after: place, state: 'queued', group: 'dueSoon' }));
      expect(rest.map(({ id }) => id)).toEqual(whole.slice(2).map(({ id }) => id));
      expect(rest.every((item) => !('place' in item))).toBe(true);
    }
  });

  it('is counted under each filter exactly as the list shows it', async () => {
    const urgencies = ['criticallyOverdue', 'overdue', 'dueSoon', 'notDueYet', 'paused'] as const;
    const filters = [undefined, OWNER].flatMap((force) =>
      [undefined, type.name, seizure.name].flatMap((of) =>
        [undefined, 'me', 'none', 'nobody'].flatMap((assignee) =>
          [undefined, 'queued', 'claimed', 'held', 'answered'].map((state) => ({
            ...(force && { force }),
            ...(of && { type: of }),
            ...(assignee && { assignee }),
            ...(state && { state: state as State }),
          })),
        ),
      ),
    );
    for (const filter of filters) {
      const { filtered, groups } = await page({ ...filter, limit: 200 });
      const shown = urgencies.map((name) => groups.find((group) => group.name === name)?.items.length ?? 0);
      expect({ filter, shown: urgencies.map((name) => filtered[name]) }).toEqual({ filter, shown });
    }
    // A group narrows the list alone, so that the other headings keep their numbers.
    expect((await page({ limit: 1, group: 'paused' })).filtered).toEqual((await page({ limit: 1 })).counts);
  });

  it('says how many requests are the caller’s own, whatever the filter', async () => {
    for (const query of [{}, { assignee: 'none' }, { force: OTHER }, { type: seizure.name }])
      expect((await page({ limit: 1, ...query })).mine).toBe(12);
    expect((await page({ limit: 1 }, staff(undefined, 'you'))).mine).toBe(0);
    const owners = await stored(`assignee = 'me' and owning_force = '${OTHER}'`);
    expect((await page({ limit: 1 }, staff([OTHER]))).mine).toBe(owners.length);
  });

  it('shows finished requests in their own group, without urgency', async () => {
    const [id] = (await at.arrive({ force: OWNER, type })) as [string];
    const claimed = await changeRequest(at.unit, {
      caller: staff(),
      reference: id,
      command: 'claim',
      version: 1,
      body: undefined,
    });
    const body = { reason: 'Not ours.', belongsTo: 'Estates' };
    const declined = await changeRequest(at.unit, {
      caller: staff(),
      reference: id,
      command: 'decline',
      version: claimed.version,
      body,
    });
    expect(declined).toMatchObject({ state: 'declined', urgency: null });
    const { groups } = await page({ limit: 200, state: 'declined' });
    expect(groups).toMatchObject([{ name: 'finished', items: [{ id, urgency: null }] }]);
    expect(itemsOf(await page({ limit: 200, state: 'declined', group: 'paused' }))).toEqual([]);
  });

  it('lists what is finished, newest answer first, with the answers whose reading is not logged', async () => {
    const finished: string[] = [];
    const finish = async (
      force: string,
      kind: Kind,
      command: 'answer' | 'decline',
      body: object,
      person = 'fin',
    ): Promise<void> => {
      const [id] = (await at.arrive({ force, type: kind })) as [string];
      const caller = staff(undefined, person);
      const reference = id;
      const { version } = await changeRequest(at.unit, {
        ...{ caller, reference, command: 'claim', version: 1, body: undefined },
      });
      await changeRequest(at.unit, { caller, reference, command, version, body });
      finished.unshift(id);
    };
    const answer = type.examples[0]?.answer ?? {};
    const elsewhere = { reason: 'Not ours.', belongsTo: 'Estates' };
    for (const force of [OWNER, OTHER, OWNER]) await finish(force, type, 'answer', { answer });
    await finish(OTHER, type, 'decline', elsewhere);
    await finish(OWNER, logged, 'answer', { answer });
    const shown: QueueItem[] = [];
    const query: QueueQuery = { sort: 'finished', assignee: 'fin', limit: 2 };
    for (let after: QueueQuery['after'] | null = undefined; after !== null;) {
      const read: QueuePage = await page({ ...query, after });
      expect(read.groups.map(({ name }) => name)).toEqual(['finished']);
      shown.push(...itemsOf(read));
      after = read.next ?? null;
    }
    expect(shown.map(({ id }) => id)).toEqual(finished);
    expect(shown.map(({ answer: given }) => given)).toEqual([undefined, undefined, answer, answer, answer]);
    expect(itemsOf(await page({ ...query, state: 'declined' })).map(({ id }) => id)).toEqual([finished[1]]);
    const others = itemsOf(await page({ ...query, limit: 200 }, staff([OTHER])));
    expect(others.map(({ id }) => id)).toEqual([finished[1], finished[3]]);
    expect(itemsOf(await page({ ...query, assignee: 'nobody' }))).toEqual([]);
    await finish(OWNER, type, 'answer', { answer }, 'another');
    const newest = itemsOf(await page({ sort: 'finished', limit: 2 }));
    expect(newest.map(({ id }) => id)).toEqual(finished.slice(0, 2));
  });

  it('puts the higher risk first if two are due together, then the earlier arrival', async () => {
    const receivedAt = new Date(Date.now() + 1_000 * HOUR_MS);
    const [low] = await at.arrive({ force: OWNER, type: seizure, receivedAt });
    const [high] = await at.arrive({
      force: OTHER,
      type: { ...seizure, examples: [{ payload: { room: 'B1', desks: 9 }, answer: {} }] },
      receivedAt,
    });
    const [late] = await at.arrive({ force: OWNER, type: seizure, receivedAt });
    const last = itemsOf(await page({ limit: 200, state: 'queued' })).slice(-3);
    expect(last.map(({ id }) => id)).toEqual([high, low, late]);
  });

  it('gives each request to one person if many ask for the next at once', async () => {
    const { countsByState } = await page({ limit: 1 });
    const given: string[] = [];
    // Some claim one at a time, others several.
    const work = async (person: string, place: number): Promise<void> => {
      const wanted = { count: 1 + (place % 3), types: null };
      for (
        let tasks = await getNext(at.unit, staff(undefined, person), wanted);
        tasks.length > 0;
        tasks = await getNext(at.unit, staff(undefined, person), wanted)
      ) {
        expect(tasks.length).toBeLessThanOrEqual(wanted.count);
        for (const task of tasks) {
          expect(task).toMatchObject({ state: 'claimed', assignee: person });
          given.push(task.id);
        }
      }
    };
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(work));
    expect(new Set(given).size).toBe(given.length);
    expect(given).toHaveLength(countsByState.queued);
  });

  it('reconciles: every request that arrived is in some state', async () => {
    for (const { arrived, deadLettered, ...states } of Object.values(await countRequests(at.unit, staff()))) {
      expect(deadLettered).toBe(0);
      expect(Object.values(states).reduce((total, n) => total + n, 0)).toBe(arrived);
    }
  });
});
