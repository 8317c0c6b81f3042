import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS, newId } from '#kernel';
import { deskMoves, RunningUnit, UnitAtRest } from '#testing';
import type { RequestType } from '../unit-definition.ts';
import type { StaffCaller } from '#web';
import { changeRequest } from '../change-request/change-request.ts';
import type { StaffCommand } from '../change-request/change-body.ts';
import { drawChecks, listChecks, recordOutcome, type WantedDraw } from './quality-checks.ts';

const [NORTH, SOUTH]: readonly [string, string] = ['north', 'south'];
const [move, purchase, seizure] = deskMoves.requestTypes as [RequestType, RequestType, RequestType];
const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
/** Wide enough for each clock around midnight. */
const NOWADAYS = { from: dayOf(Date.now() - 2 * DAY_MS), to: dayOf(Date.now() + 2 * DAY_MS) };

describe('a quality check', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(deskMoves, [NORTH, SOUTH]);
  });
  afterAll(() => at.stop());

  const staff = (
    person: string,
    { forces = [NORTH, SOUTH], role = 'supervisor' }: Partial<Pick<StaffCaller, 'forces' | 'role'>> = {},
  ): StaffCaller => ({ kind: 'staff', person, name: person, unit: deskMoves.slug, role, forces });
  const give = async (
    caller: StaffCaller,
    reference: string,
    command: StaffCommand,
    body: object = {},
  ): Promise<void> => {
    const [task] = await at.rows('select version from task where id = $1', [reference]);
    const version = Number(task?.['version']);
    await changeRequest(at.unit, { caller, reference, command, version, body });
  };
  /** Requests that a person has answered. */
  const answered = async (
    count: number,
    { by = 'worker', force = NORTH, type = move } = {},
  ): Promise<string[]> => {
    const ids = await at.arrive(...Array.from({ length: count }, () => ({ force, type })));
    for (const id of ids) {
      await give(staff(by), id, 'claim');
      await give(staff(by), id, 'answer', { answer: { outcome: 'moved' } });
    }
    return ids;
  };
  const draw = async (caller: StaffCaller, wanted: Partial<WantedDraw> = {}) =>
    drawChecks(at.unit, caller, { count: 50, ...NOWADAYS, ...wanted });
  const drawnIds = async (...args: Parameters<typeof draw>): Promise<string[]> =>
    (await draw(...args)).map(({ request }) => request.id);

  it('is drawn from the decided requests of the period, and none is drawn twice', async () => {
    const ids = await answered(8);
    const [open] = await at.arrive({ force: NORTH, type: move });
    const me = staff('draws');
    const first = await drawnIds(me, { count: 5 });
    expect(first).toHaveLength(5);
    const rest = await drawnIds(staff('draws-after'));
    expect([...first, ...rest].sort()).toEqual([...ids].sort());
    expect(rest).not.toContain(open);
    expect(await drawnIds(me)).toEqual([]);
  });

  it('draws no request twice if two people draw at the same moment', async () => {
    const ids = await answered(10);
    const [one, other] = await Promise.all([drawnIds(staff('a')), drawnIds(staff('b'))]);
    expect([...one, ...other].sort()).toEqual([...ids].sort());
  });

  it('draws nothing of another period, kind or force', async () => {
    const me = staff('draws-narrowly');
    const [north] = await answered(1);
    const [south] = await answered(1, { force: SOUTH });
    const day = (days: number): string => dayOf(Date.now() + days * DAY_MS);
    expect(await drawnIds(me, { from: day(-30), to: day(-3) })).toEqual([]);
    expect(await drawnIds(me, { from: day(3), to: day(30) })).toEqual([]);
    expect(await drawnIds(me, { type: purchase.name })).toEqual([]);
    expect(await drawnIds(me, { force: 'elsewhere' })).toEqual([]);
    expect(await drawnIds(me, { force: SOUTH })).toEqual([south]);
    expect(await drawnIds(me)).toEqual([north]);
    await expect(draw(me, { from: day(0), to: day(-1) })).rejects.toThrow(/last day/);
    await expect(draw(me, { from: day(-92), to: day(0) })).rejects.toThrow(/at most 92 days/);
  });

  it('is never of a request that the person answered, declined, proposed or confirmed', async () => {
    const me = staff('decides');
    await answered(1, { by: me.person });
    const [declined, decided] = (await at.arrive(
      { force: NORTH, type: move },
      { force: NORTH, type: purchase },
    )) as [string, string];
    await give(me, declined, 'claim');
    await give(me, declined, 'decline', { reason: 'Not ours.', belongsTo: 'nobody' });
    const worker = staff('worker');
    await give(worker, decided, 'claim');
    await give(worker, decided, 'propose', { answer: { outcome: 'moved' } });
    // The same person had another role on another day.
    await give(staff('decides', { role: 'decision-maker' }), decided, 'confirm');
    expect(await drawnIds(me)).toEqual([]);
    expect(await drawnIds(worker)).toHaveLength(2);
    const [left] = await draw(staff('another'));
    expect(left?.request.id).toBe(decided);
    for (const person of [me, worker])
      await expect(recordOutcome(at.unit, person, left?.id ?? '', { outcome: 'sound' })).rejects.toThrow(
        /You decided this request/,
      );
  });

  it('gets an outcome once, with a remark unless it is sound', async () => {
    await answered(3);
    const me = staff('records');
    const before = (await listChecks(at.unit, me, { list: 'open', limit: 100 })).counts;
    const [first, second, third] = (await draw(me)).map(({ id }) => id) as [string, string, string];
    await recordOutcome(at.unit, me, first, { outcome: 'sound' });
    await expect(recordOutcome(at.unit, me, second, { outcome: 'not-sound' })).rejects.toThrow(/remark/);
    const remark = 'The room was the wrong one.';
    expect(
      await recordOutcome(at.unit, staff('also'), second, { outcome: 'not-sound', remark }),
    ).toMatchObject({
      ...{ outcome: 'not-sound', remark, drawnBy: 'records', recordedBy: 'also', mayRecord: false },
    });
    await expect(recordOutcome(at.unit, me, second, { outcome: 'sound' })).rejects.toThrow(/once/);
    const twice = await Promise.allSettled(
      [staff('x'), staff('y')].map((person) => recordOutcome(at.unit, person, third, { outcome: 'sound' })),
    );
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { items, counts } = await listChecks(at.unit, me, { list: 'mine', limit: 100 });
    expect(items.map(({ id }) => id).sort()).toEqual([first, second, third].sort());
    expect(counts).toEqual({
      ...{ open: before.open, sound: before.sound + 2, 'not-sound': before['not-sound'] + 1 },
      'sound-with-remarks': before['sound-with-remarks'],
    });
    const recorded = await listChecks(at.unit, me, { list: 'recorded', limit: 2 });
    expect([recorded.items.length, recorded.more]).toEqual([2, true]);
    expect(recorded.items.map(({ id }) => id)).toContain(third);
  });

  it('shows and takes nothing of a force that the person does not see', async () => {
    const of = (force: string): StaffCaller => staff(`of-${force}`, { forces: [force] });
    const [id] = await answered(1, { force: SOUTH });
    expect(await drawnIds(of(NORTH))).not.toContain(id);
    const [check] = await draw(of(SOUTH));
    expect(check?.request.id).toBe(id);
    const lists = await Promise.all(
      (['open', 'mine', 'recorded'] as const).map((list) =>
        listChecks(at.unit, of(NORTH), { list, limit: 100 }),
      ),
    );
    expect(new Set(lists.flatMap(({ items }) => items.map(({ request }) => request.force)))).toEqual(
      new Set([NORTH]),
    );
    const both = await listChecks(at.unit, staff('both'), { list: 'open', limit: 100 });
    expect(lists[0]?.counts.open).toBeLessThan(both.counts.open);
    for (const unknown of [check?.id ?? '', newId()])
      await expect(recordOutcome(at.unit, of(NORTH), unknown, { outcome: 'sound' })).rejects.toThrow(
        /no such check/,
      );
  });

  it('of a law-enforcement record leaves entries in its access log when it is judged and when it is read', async () => {
    const [id] = (await at.arrive({ force: NORTH, type: seizure })) as [string];
    await at.rows(`update task set state = 'answered', assignee = 'worker' where id = $1`, [id]);
    const me = staff('judges');
    const [check] = await draw(me, { type: seizure.name });
    const entries = (): Promise<object[]> =>
      at.rows(
        `select person, operation, reason from access_log where request_id = $1 and reason = 'quality-check'`,
        [id],
      );
    expect(await entries()).toEqual([]);
    await recordOutcome(at.unit, me, check?.id ?? '', { outcome: 'not-sound', remark: 'No grounds.' });
    const entry = { person: 'judges', operation: 'consultation', reason: 'quality-check' };
    expect(await entries()).toEqual([entry]);
    await listChecks(at.unit, staff('reads', { role: 'auditor' }), { list: 'recorded', limit: 100 });
    expect(await entries()).toEqual([entry, { ...entry, person: 'reads' }]);
  });
});

describe('the addresses of quality checks', () => {
  let unit: RunningUnit;
  beforeAll(async () => {
    unit = await RunningUnit.start(deskMoves);
  }, 60_000);
  afterAll(() => unit?.stop(), 60_000);

  it.each([
    ['supervisor', 200, 201, 404],
    ['auditor', 200, 403, 403],
    ['caseworker', 403, 403, 403],
    ['decision-maker', 403, 403, 403],
    ['administrator', 403, 403, 403],
  ] as const)('answer a %s with %s, %s and %s', async (role, listed, drawn, recorded) => {
    const member = await unit.staff(role);
    expect((await member.get('/v1/quality-checks')).status).toBe(listed);
    expect((await member.post('/v1/quality-checks', { count: 1, ...NOWADAYS })).status).toBe(drawn);
    const answer = await member.post(`/v1/quality-checks/${newId()}`, { outcome: 'sound' });
    expect(answer.status).toBe(recorded);
  });

  it('name each fault of a draw, of an outcome and of a query', async () => {
    const member = await unit.staff('supervisor');
    const faults = async (path: string, body: object): Promise<string[]> =>
      ((await member.post(path, body)).body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(await faults('/v1/quality-checks', { count: 51, from: '2026-02-30', type: '' })).toEqual(
      expect.arrayContaining(['/count', '/from', '/to', '/type']),
    );
    expect(await faults(`/v1/quality-checks/${newId()}`, { outcome: 'good' })).toEqual(['/outcome']);
    for (const query of ['list=all', 'limit=0', 'limit=101'])
      expect((await member.get(`/v1/quality-checks?${query}`)).status).toBe(400);
  });
});
