import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DescribedAnswers, deskMoves, RunningUnit } from '#testing';
import { openApiOf } from '#web';
import { UnitController } from './unit.controller.ts';

describe('the unit', () => {
  let unit: RunningUnit;
  beforeAll(async () => {
    unit = await RunningUnit.start(deskMoves);
  }, 60_000);
  afterAll(() => unit?.stop(), 60_000);

  it('says what it works on, whom it serves and who the caller is', async () => {
    const auditor = await unit.staff('auditor', { person: 'ada', forces: unit.forces.slice(1) });
    const { status, body } = await auditor.get('/v1/unit');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      slug: unit.definition.slug,
      title: 'Desk moves',
      functionId: 'F3',
      referencePrefix: 'DSK',
      me: { person: 'ada', role: 'auditor' },
      types: [{ name: 'desk-move' }, { name: 'desk-purchase' }, { name: 'desk-seizure' }],
    });
    expect(body.types[0]).toMatchObject({
      version: 1,
      title: 'Move a desk',
      decision: 'one-person',
      lawEnforcement: false,
      newest: true,
      milestones: [{ name: 'unplugged', title: 'Unplugged' }],
      clocks: [
        { name: 'respond', title: 'Respond' },
        { name: 'unplug', title: 'Unplug' },
        { name: 'finish', title: 'Finish' },
      ],
      payload: { properties: { room: { type: 'string' } }, required: ['room'] },
      answer: { title: 'Move a desk', required: ['outcome'], additionalProperties: false },
    });
    expect(body.types[2]).toMatchObject({ decision: 'second-person-delegated', lawEnforcement: true });
    const about = {
      title: 'Unit',
      version: '1',
      description: 'Test',
      schemas: {},
      signIn: 'A token.',
      groups: [{ name: 'Unit', description: 'The unit', of: ['unit'] }],
    };
    const described = new DescribedAnswers(openApiOf([UnitController], about));
    const seen = { method: 'GET', path: '/v1/unit', status, contentType: 'application/json', body };
    expect(described.faults(seen)).toEqual([]);
  });

  it('names the people who see a force that the caller sees, and nobody else', async () => {
    const [north, middle] = unit.forces;
    for (const [person, forces] of [
      ['nora', [north]],
      ['mo', [middle]],
    ] as const)
      await (await unit.staff('caseworker', { person, forces: [...forces] })).get('/v1/unit');
    const supervisor = await unit.staff('supervisor', { person: 'sue', forces: [north] });
    const { body } = await supervisor.get('/v1/unit');
    const people = (body.people as { person: string; name: string }[]).map(({ person }) => person);
    expect(people).toEqual(expect.arrayContaining(['nora', 'sue']));
    expect(people).not.toContain('mo');
  });

  it('names only the forces that the caller may see and the unit serves', async () => {
    const [, middle] = unit.forces;
    const caseworker = await unit.staff('caseworker', { forces: [middle, 'elsewhere'] });
    const { body } = await caseworker.get('/v1/unit');
    expect(body.forces).toEqual([{ slug: middle, name: middle }]);
  });
});
