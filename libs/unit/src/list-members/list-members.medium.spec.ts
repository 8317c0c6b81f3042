import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, RunningUnit } from '#testing';

describe('the members of a unit', () => {
  let unit: RunningUnit;
  beforeAll(async () => {
    unit = await RunningUnit.start(deskMoves);
  }, 60_000);
  afterAll(() => unit?.stop(), 60_000);

  it('are those to whom a request of the force can be assigned, and nobody else', async () => {
    const [north, middle] = unit.forces;
    const signIn = async (...who: Parameters<RunningUnit['staff']>): Promise<void> =>
      void (await (await unit.staff(...who)).get('/v1/unit'));
    await signIn('caseworker', { person: 'of-both', forces: [north, middle] });
    await signIn('caseworker', { person: 'of-middle', forces: [middle] });
    await signIn('auditor', { person: 'auditor-of-north', forces: [north] });
    await signIn('decision-maker', { person: 'decider-of-north', forces: [north] });
    const supervisor = await unit.staff('supervisor', { person: 'super', forces: [north] });
    const { status, body } = await supervisor.get(`/v1/members?force=${north}`);
    expect(status).toBe(200);
    const items = body.items as { person: string; role: string }[];
    expect(items.map(({ person, role }) => [person, role])).toEqual([
      ['of-both', 'caseworker'],
      ['super', 'supervisor'],
    ]);
    const id = await unit.submit({ force: north, type: deskMoves.requestTypes[0]! });
    for (const { person } of items)
      expect(await supervisor.do('assign', id, { assignee: person })).toMatchObject({ status: 200 });
    for (const person of ['of-middle', 'auditor-of-north', 'decider-of-north'])
      expect(await supervisor.do('assign', id, { assignee: person })).toMatchObject({ status: 400 });
  });

  it('of a force that the caller may not see are as unknown as those of no force', async () => {
    const [north, middle] = unit.forces;
    const supervisor = await unit.staff('supervisor', { person: 'super', forces: [north] });
    const [theirs, nobodys] = [
      await supervisor.get(`/v1/members?force=${middle}`),
      await supervisor.get('/v1/members?force=elsewhere'),
    ];
    expect(theirs).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(theirs.body.detail).toBe(nobodys.body.detail);
    expect(await supervisor.get('/v1/members')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/force' }] },
    });
    const caseworker = await unit.staff('caseworker');
    expect(await caseworker.get(`/v1/members?force=${north}`)).toMatchObject({ status: 403 });
  });
});
