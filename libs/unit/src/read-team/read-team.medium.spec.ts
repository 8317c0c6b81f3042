import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '#kernel';
import { deskMoves, RunningUnit, UnitAtRest } from '#testing';
import type { StaffCaller } from '#web';
import { changeRequest } from '../change-request/change-request.ts';
import { keepMember } from '../members/keep-member.ts';
import { OF_PERSON_MAX } from './read-team.sql.ts';
import { readTeam, STUCK_MAX, type TeamView } from './read-team.ts';

const [NORTH, SOUTH]: readonly [string, string] = ['north', 'south'];
const [type] = deskMoves.requestTypes as [(typeof deskMoves.requestTypes)[0]];
const NONE = { criticallyOverdue: 0, overdue: 0, dueSoon: 0, notDueYet: 0, paused: 0 };

describe('the team', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(deskMoves, [NORTH, SOUTH]);
  });
  afterAll(() => at.stop());

  const staff = (
    person: string,
    { forces = [NORTH, SOUTH], role = 'caseworker' }: Partial<Pick<StaffCaller, 'forces' | 'role'>> = {},
  ): StaffCaller => ({
    kind: 'staff',
    person,
    name: `Name of ${person}`,
    unit: deskMoves.slug,
    role,
    forces,
  });
  const supervisor = staff('super', { role: 'supervisor' });
  const submit = (count: number, { force = NORTH, hoursAgo = 0 } = {}): Promise<string[]> =>
    at.arrive(
      ...Array.from({ length: count }, () => ({
        force,
        type,
        receivedAt: new Date(Date.now() - hoursAgo * HOUR_MS),
      })),
    );
  const claim = async (caller: StaffCaller, ids: readonly string[]): Promise<void> => {
    for (const reference of ids)
      await changeRequest(at.unit, { caller, reference, command: 'claim', version: 1, body: {} });
  };
  const loadOf = ({ people }: TeamView, { person }: StaffCaller) =>
    people.find((one) => one.person === person);

  it('has the load of each person by urgency, the most overdue person first, and that of nobody', async () => {
    const [ana, ben] = [staff('ana'), staff('ben')];
    await keepMember(at.unit, ana);
    // The answer is due after 48 hours. The unit calls a day overdue critical, and a day ahead soon.
    await claim(ana, [...(await submit(2)), ...(await submit(1, { hoursAgo: 30, force: SOUTH }))]);
    await claim(ben, await submit(1, { hoursAgo: 100 }));
    const [held] = (await submit(1)) as [string];
    await claim(ben, [held]);
    await changeRequest(at.unit, {
      ...{ caller: ben, reference: held, command: 'hold', version: 2 },
      body: { reason: 'The lift is broken.' },
    });
    await submit(3);
    const team = await readTeam(at.unit, supervisor);
    expect(team.people.map(({ person }) => person)).toEqual(['ben', 'ana']);
    expect(loadOf(team, ana)).toMatchObject({
      ...{ name: 'Name of ana', role: 'caseworker', open: 3, more: false },
      byUrgency: { ...NONE, dueSoon: 1, notDueYet: 2 },
    });
    expect(loadOf(team, ben)).toMatchObject({
      ...{ name: null, role: null, open: 2 },
      byUrgency: { ...NONE, criticallyOverdue: 1, paused: 1 },
    });
    expect(team.unassigned).toMatchObject({ open: 3 });
    const rows = await at.rows(
      `select max(updated_at) as changed, min(nullif(due_at, 'infinity')) as due from task where assignee = 'ben'`,
    );
    expect(loadOf(team, ben)).toMatchObject({
      lastChangeAt: (rows[0]?.['changed'] as Date).toISOString(),
      oldestDueAt: (rows[0]?.['due'] as Date).toISOString(),
    });
  });

  it('lists what nobody has changed for the longest time, that first, and no more than a page', async () => {
    const cat = staff('cat');
    await claim(cat, await submit(STUCK_MAX + 1));
    const [longest, second] = await submit(2);
    await claim(cat, [longest, second] as string[]);
    for (const [id, days] of [
      [longest, 90],
      [second, 60],
    ] as const)
      await at.rows(`update task set updated_at = now() - $2 * interval '1 day' where id = $1`, [id, days]);
    const { stuck } = await readTeam(at.unit, supervisor);
    expect(stuck).toHaveLength(STUCK_MAX);
    expect(stuck.slice(0, 2).map(({ id }) => id)).toEqual([longest, second]);
    expect(stuck.every(({ assignee }) => assignee !== null)).toBe(true);
    await changeRequest(at.unit, {
      ...{ caller: cat, reference: String(longest), command: 'note', version: 2 },
      body: { text: 'I go on.' },
    });
    expect((await readTeam(at.unit, supervisor)).stuck[0]?.id).toBe(second);
  });

  it('counts nothing of a force that the caller does not see', async () => {
    const only = staff('of-south', { forces: [SOUTH], role: 'supervisor' });
    const team = await readTeam(at.unit, only);
    expect(team.people).toMatchObject([{ person: 'ana', open: 1 }]);
    expect(team.unassigned).toEqual({ open: 0, byUrgency: NONE, oldestDueAt: null });
    expect(team.stuck.map(({ force }) => force)).toEqual([SOUTH]);
    expect(await readTeam(at.unit, staff('of-none', { forces: ['elsewhere'] }))).toMatchObject({
      ...{ people: [], stuck: [] },
      unassigned: { open: 0 },
    });
  });

  it('does not count a finished request, and says when there is more than is read', async () => {
    const dan = staff('dan');
    const [id] = (await submit(1)) as [string];
    await claim(dan, [id]);
    await changeRequest(at.unit, {
      ...{ caller: dan, reference: id, command: 'decline', version: 2 },
      body: { reason: 'Not ours.', belongsTo: 'nobody' },
    });
    expect(loadOf(await readTeam(at.unit, supervisor), dan)).toBeUndefined();
    for (let n = 0; n <= OF_PERSON_MAX; n += 500) await submit(500, { force: SOUTH });
    await at.rows(
      `update task set state = 'claimed', assignee = 'dan' where state = 'queued' and owning_force = $1`,
      [SOUTH],
    );
    expect(loadOf(await readTeam(at.unit, supervisor), dan)).toMatchObject({
      open: OF_PERSON_MAX,
      more: true,
    });
  });
});

describe('the address of the team', () => {
  let unit: RunningUnit;
  beforeAll(async () => {
    unit = await RunningUnit.start(deskMoves);
  }, 60_000);
  afterAll(() => unit?.stop(), 60_000);

  it.each([
    ['supervisor', 200],
    ['auditor', 200],
    ['caseworker', 403],
    ['decision-maker', 403],
    ['administrator', 403],
  ] as const)('answers a %s with %s', async (role, status) => {
    expect((await (await unit.staff(role)).get('/v1/team')).status).toBe(status);
  });
});
