import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Refusal } from '#contracts';
import { newId } from '#kernel';
import type { State } from '#requests';
import { deskMoves, UnitAtRest } from '#testing';
import type { StaffCaller, StaffRole } from '#web';
import { keepMember } from '../members/keep-member.ts';
import type { TaskView } from '../task-view.ts';
import type { StaffCommand } from './change-body.ts';
import { changeRequest } from './change-request.ts';

const [OWNER, OTHER] = ['north', 'south'] as const;

/** `describeUnit` tests for every unit who may do what in which state; these tests cover the rest. */
describe('a change of a request', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(deskMoves, [OWNER, OTHER]);
    await keepMember(at.unit, { ...staff('caseworker', [OWNER, OTHER]), person: 'somebody' });
  });
  afterAll(() => at.stop());

  const staff = (role: StaffRole, forces: readonly string[] = [OWNER]): StaffCaller => ({
    kind: 'staff',
    person: 'me',
    name: 'Me',
    unit: deskMoves.slug,
    role,
    forces,
  });

  /** Puts a request into a state without the changes that lead there. */
  const place = async (id: string, state: State, assignee: string): Promise<number> => {
    const rows = await at.rows(
      `update task set state = $2, assignee = $3, proposer = case $2 when 'awaiting-decision' then 'another' end, version = version + 1
       where id = $1 returning version`,
      [id, state, assignee],
    );
    const version = rows[0]?.['version'] as number;
    if (state === 'awaiting-decision') {
      await at.rows(
        `insert into proposal (owning_force, id, request_id, version, proposer, answer) values ($1, $2, $3, $4, 'another', '{"outcome":"moved"}')`,
        [OWNER, newId(), id, version],
      );
    }
    return version;
  };

  const outcome = async (
    caller: StaffCaller,
    id: string,
    command: StaffCommand,
    version: number,
    body?: object,
  ): Promise<string> => {
    try {
      return (await changeRequest(at.unit, { caller, reference: id, command, version, body })).state;
    } catch (error) {
      if (error instanceof Refusal) return error.problem.status.toString();
      throw error;
    }
  };

  const typeNamed = (name: string) =>
    deskMoves.requestTypes.find((type) => type.name === name) ?? deskMoves.requestTypes[0]!;

  describe('with the owning force’s delegated authority', () => {
    const delegation = async (
      changes: Record<string, unknown> = {},
      agreement: Record<string, unknown> = {},
    ): Promise<void> => {
      const given = {
        force: OWNER,
        person: 'me',
        type: 'desk-seizure',
        from: '2020-01-01',
        to: null,
        status: 'live',
        ...changes,
        ...agreement,
      };
      const name = newId();
      await at.rows(
        `insert into agreement values ($1, 2, $2, array['${OWNER}', '${OTHER}'], '2020-01-01', null)`,
        [name, given.status],
      );
      await at.rows('insert into delegation values ($1, $2, $3, $4, $5, $6, $7)', [
        given.force,
        name,
        changes['edition'] ?? 2,
        given.person,
        given.type,
        given.from,
        given.to,
      ]);
    };
    const confirm = async (): Promise<string> => {
      const [id] = await at.arrive({ force: OWNER, type: typeNamed('desk-seizure') });
      const version = await place(id as string, 'awaiting-decision', 'another');
      return outcome(staff('decision-maker'), id as string, 'confirm', version);
    };

    it.each<[string, Record<string, unknown>]>([
      ['another force’s', { force: OTHER }],
      ['another person’s', { person: 'somebody' }],
      ['that of another type', { type: 'desk-move' }],
      ['one that has ended', { to: '2020-12-31' }],
      ['one that has not begun', { from: '2190-01-01' }],
      ['that of an edition that was replaced', { edition: 1 }],
      ['that of an agreement that is suspended', { status: 'suspended' }],
    ])('refuses %s', async (_, changes) => {
      await delegation(changes);
      expect(await confirm()).toBe('403');
    });

    it('accepts the one that is valid today', async () => {
      await delegation();
      expect(await confirm()).toBe('answered');
    });
  });

  it.each<[string, StaffRole, readonly string[]]>([
    ['an auditor', 'auditor', [OWNER]],
    ['a decision-maker', 'decision-maker', [OWNER]],
    ['a caseworker without the right to see the owning force', 'caseworker', [OTHER]],
    ['a supervisor without a force that is served', 'supervisor', ['elsewhere']],
  ])('assigns nothing to %s, nor to a person who never signed in', async (_, role, forces) => {
    const [id] = (await at.arrive({ force: OWNER, type: typeNamed('desk-move') })) as [string];
    const assign = (assignee: string, version = 1): Promise<TaskView> =>
      changeRequest(at.unit, {
        caller: staff('supervisor'),
        reference: id,
        command: 'assign',
        version,
        body: { assignee },
      });
    const stranger = { problem: { code: 'invalid-request', errors: [{ pointer: '/assignee' }] } };
    await expect(assign('late')).rejects.toMatchObject(stranger);
    // The rights of the person's newest token count.
    await keepMember(at.unit, { ...staff('caseworker'), person: 'late' });
    expect(await assign('late')).toMatchObject({ state: 'claimed', assignee: 'late' });
    await keepMember(at.unit, { ...staff(role, forces), person: 'late' });
    await expect(assign('late', 2)).rejects.toMatchObject(stranger);
    await at.rows(`delete from member where person = 'late'`);
  });

  it('meets the clocks of a milestone once, when it is reached, and notifies the force without the note', async () => {
    const [id] = (await at.arrive({ force: OWNER, type: typeNamed('desk-move') })) as [string];
    const change = (command: StaffCommand, version: number, body?: object): Promise<TaskView> =>
      changeRequest(at.unit, { caller: staff('caseworker'), reference: id, command, version, body });
    await change('claim', 1);
    await change('hold', 2, { reason: 'lift is out' });
    const reached = await change('milestone', 3, { name: 'unplugged', note: 'behind the cabinet' });
    expect(reached.clocks.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'respond met',
      'unplug met',
      'finish paused',
    ]);
    expect(reached).toMatchObject({ state: 'held', version: 4 });
    const [event] = await at.rows(
      `select topic, data from event where request_id = $1 and type = 'concordat.milestone-reached.v1'`,
      [id],
    );
    expect(event).toMatchObject({
      topic: `force.${OWNER}.events.v1`,
      data: { milestone: 'unplugged', sequence: 4, state: 'held' },
    });
    expect(JSON.stringify(event)).not.toContain('cabinet');
    expect(await at.rows('select text from note where request_id = $1', [id])).toEqual([
      { text: 'behind the cabinet' },
    ]);
    await expect(change('milestone', 4, { name: 'unplugged' })).rejects.toMatchObject({
      problem: { status: 409 },
    });
    const resumed = await change('resume', 4);
    expect(resumed.clocks.map(({ state }) => state)).toEqual(['met', 'met', 'running']);
  });

  it.each([
    [
      'that its type does not have',
      'desk-move',
      'painted',
      /desk-move has no milestone painted; its milestones: unplugged/,
    ],
    [
      'where its type has none',
      'desk-seizure',
      'unplugged',
      /desk-seizure has no milestone unplugged; its milestones: none/,
    ],
  ])('refuses a milestone %s', async (_, type, name, detail) => {
    const [id] = (await at.arrive({ force: OWNER, type: typeNamed(type) })) as [string];
    const version = await place(id, 'claimed', 'me');
    const given = {
      caller: staff('caseworker'),
      reference: id,
      command: 'milestone' as const,
      version,
      body: { name },
    };
    await expect(changeRequest(at.unit, given)).rejects.toMatchObject({
      problem: {
        code: 'invalid-request',
        detail: expect.stringMatching(detail),
        errors: [{ pointer: '/name' }],
      },
    });
  });

  it('writes an event, a log entry and the next version for each change, and nothing for a refusal', async () => {
    const [id] = await at.arrive({ force: OWNER, type: typeNamed('desk-move') });
    const trace = (): Promise<Record<string, unknown>[]> =>
      at.rows(
        `select (select count(*)::int from event where request_id = $1) as events, (select count(*)::int from access_log where request_id = $1) as entries,
           (select version from task where id = $1) as version`,
        [id],
      );
    expect(await outcome(staff('caseworker'), id as string, 'claim', 1)).toBe('claimed');
    expect(await trace()).toEqual([{ events: 2, entries: 2, version: 2 }]);
    expect(await outcome(staff('caseworker'), id as string, 'resume', 2)).toBe('409');
    expect(await outcome(staff('caseworker'), id as string, 'hold', 1, { reason: 'waiting' })).toBe('412');
    expect(await trace()).toEqual([{ events: 2, entries: 2, version: 2 }]);
  });
});
