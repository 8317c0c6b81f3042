import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Refusal } from '#contracts';
import { newId } from '#kernel';
import { STATES, type State } from '#requests';
import { deskMoves, UnitAtRest } from '#testing';
import type { StaffCaller, StaffRole } from '#web';
import { keepMember } from '../members/keep-member.ts';
import type { TaskView } from '../task-view.ts';
import { STAFF_COMMANDS, type StaffCommand } from './change-body.ts';
import { changeRequest } from './change-request.ts';

/**
 * The rules once more, in other words than the table of #requests and by another hand: who / from which states / to
 * which state. `worker` is a caseworker or a supervisor; `own` means only with the request in one's own hands.
 */
const ALLOWED: Readonly<Record<StaffCommand, readonly string[]>> = {
  claim: ['worker: queued > claimed'],
  assign: [
    'supervisor: queued > claimed',
    'supervisor: claimed > claimed',
    'supervisor: held > held',
    'supervisor: waiting-for-force > waiting-for-force',
    'supervisor: awaiting-decision > awaiting-decision',
  ],
  release: [
    'supervisor: claimed > queued',
    'supervisor: held > queued',
    'own caseworker: claimed > queued',
    'own caseworker: held > queued',
  ],
  hold: ['own worker: claimed > held'],
  resume: ['own worker: held > claimed'],
  ask: ['own worker: claimed > waiting-for-force'],
  'withdraw-question': ['supervisor: waiting-for-force > claimed', 'own caseworker: waiting-for-force > claimed'],
  milestone: [
    'own worker: claimed > claimed',
    'own worker: held > held',
    'own worker: waiting-for-force > waiting-for-force',
    'own worker: awaiting-decision > awaiting-decision',
  ],
  note: ['queued', 'claimed', 'held', 'waiting-for-force', 'awaiting-decision'].flatMap((state) => [
    `worker: ${state} > ${state}`,
    `decision-maker: ${state} > ${state}`,
  ]),
  answer: ['own worker: claimed > answered, one-person'],
  propose: ['own worker: claimed > awaiting-decision, second-person'],
  confirm: ['not-proposer decision-maker: awaiting-decision > answered, second-person'],
  return: ['not-proposer decision-maker: awaiting-decision > claimed, second-person'],
  decline: ['own worker: claimed > declined'],
};
const BODIES: Readonly<Partial<Record<StaffCommand, object>>> = {
  assign: { assignee: 'somebody' },
  hold: { reason: 'waiting' },
  ask: { question: 'which?' },
  milestone: { name: 'unplugged' },
  note: { text: 'noted' },
  answer: { answer: { outcome: 'moved' } },
  propose: { answer: { outcome: 'moved' } },
  return: { reason: 'not yet' },
  decline: { reason: 'not ours', belongsTo: 'Facilities' },
};
const ROLES: readonly StaffRole[] = ['caseworker', 'supervisor', 'decision-maker', 'auditor'];
const [OWNER, OTHER] = ['north', 'south'] as const;

interface Case {
  readonly command: StaffCommand;
  readonly state: State;
  readonly role: StaffRole;
  /** It is assigned to who acts. */
  readonly own: boolean;
  /** Who acts has proposed the answer that awaits a decision. */
  readonly proposer: boolean;
  readonly secondPerson: boolean;
}

function expected({ command, state, role, own, proposer, secondPerson }: Case): State | undefined {
  for (const line of ALLOWED[command]) {
    const [, whose = '', who = '', from = '', to = '', mode = ''] =
      /^(own |not-proposer )?([a-z-]+): ([a-z-]+) > ([a-z-]+)(?:, (.*))?$/.exec(line) ?? [];
    const fits =
      from === state &&
      (who === role || (who === 'worker' && (role === 'caseworker' || role === 'supervisor'))) &&
      (whose !== 'own ' || own) &&
      (whose !== 'not-proposer ' || !proposer) &&
      (mode === '' || (mode === 'second-person') === secondPerson);
    if (fits) return to as State;
  }
  return undefined;
}

const CASES: readonly Omit<Case, 'secondPerson'>[] = STAFF_COMMANDS.flatMap((command) =>
  STATES.flatMap((state) =>
    ROLES.flatMap((role) =>
      (state === 'queued' ? [false] : [false, true]).flatMap((own) =>
        (state === 'awaiting-decision' ? [false, true] : [false]).map((proposer) => ({ command, state, role, own, proposer })),
      ),
    ),
  ),
);

describe('who may change a request', () => {
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

  /** Puts a request where a case wants it, whatever way leads there. */
  const place = async (id: string, { state, own, proposer }: Pick<Case, 'state' | 'own' | 'proposer'>): Promise<number> => {
    const assignee = state === 'queued' ? null : own ? 'me' : 'another';
    const by = state === 'awaiting-decision' ? (proposer ? 'me' : 'another') : null;
    const rows = await at.rows(
      `update task set state = $2, assignee = $3, proposer = $4, version = version + 1,
         clocks = (select json_agg(clock || '{"metAt": null}') from jsonb_array_elements(clocks::jsonb) as clock)
       where id = $1 returning version`,
      [id, state, assignee, by],
    );
    if (state === 'awaiting-decision') {
      await at.rows(
        `insert into proposal (owning_force, id, request_id, version, proposer, answer) values ($1, $2, $3, $4, 'x', '{"outcome":"moved"}')`,
        [OWNER, newId(), id, rows[0]?.['version']],
      );
    }
    return rows[0]?.['version'] as number;
  };

  const outcome = async (caller: StaffCaller, id: string, command: StaffCommand, version: number): Promise<string> => {
    try {
      return (await changeRequest(at.unit, { caller, reference: id, command, version, body: BODIES[command] })).state;
    } catch (error) {
      if (error instanceof Refusal) return error.problem.status.toString();
      throw error;
    }
  };

  const typeNamed = (name: string) => deskMoves.requestTypes.find((type) => type.name === name) ?? deskMoves.requestTypes[0]!;

  it.each([
    ['one person', typeNamed('desk-move'), false],
    ['a second person', typeNamed('desk-purchase'), true],
  ] as const)(
    'is said by the table and by nothing else, for what %s decides',
    async (_, type, secondPerson) => {
      const ids = await at.arrive(...STATES.map(() => ({ force: OWNER, type })));
      const surprises: string[] = [];
      for (const one of CASES) {
        const id = ids[STATES.indexOf(one.state)] as string;
        const version = await place(id, one);
        const to = expected({ ...one, secondPerson });
        const came = await outcome(staff(one.role), id, one.command, version);
        const fits = to === undefined ? ['403', '409'].includes(came) : came === to;
        if (!fits) surprises.push(`${JSON.stringify(one)}: ${came} instead of ${to ?? 'a refusal'}`);
      }
      expect(surprises).toEqual([]);
      expect(CASES.length).toBeGreaterThan(600);
      // Some 3,000 transactions: a busy machine needs its time.
    },
    240_000,
  );

  it('is nobody who may not see the force, in any state and role', async () => {
    const [id] = await at.arrive({ force: OWNER, type: typeNamed('desk-move') });
    for (const state of STATES) {
      const version = await place(id as string, { state, own: true, proposer: false });
      for (const role of ROLES) {
        for (const command of STAFF_COMMANDS) expect(await outcome(staff(role, [OTHER]), id as string, command, version)).toBe('404');
      }
    }
  });

  describe('with the owning force’s delegated authority', () => {
    const delegation = async (changes: Record<string, unknown> = {}, agreement: Record<string, unknown> = {}): Promise<void> => {
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
      await at.rows(`insert into agreement values ($1, 2, $2, array['${OWNER}', '${OTHER}'], '2020-01-01', null)`, [name, given.status]);
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
      const version = await place(id as string, { state: 'awaiting-decision', own: false, proposer: false });
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

    it('takes the one that holds today', async () => {
      await delegation();
      expect(await confirm()).toBe('answered');
    });
  });

  it.each<[string, StaffRole, readonly string[]]>([
    ['an auditor', 'auditor', [OWNER]],
    ['a decision-maker', 'decision-maker', [OWNER]],
    ['who may not see the owning force', 'caseworker', [OTHER]],
    ['who may see no force that is served', 'supervisor', ['elsewhere']],
  ])('gives no work to %s, nor to whom nobody has seen', async (_, role, forces) => {
    const [id] = (await at.arrive({ force: OWNER, type: typeNamed('desk-move') })) as [string];
    const assign = (assignee: string, version = 1): Promise<TaskView> =>
      changeRequest(at.unit, { caller: staff('supervisor'), reference: id, command: 'assign', version, body: { assignee } });
    const stranger = { problem: { code: 'invalid-request', errors: [{ pointer: '/assignee' }] } };
    await expect(assign('late')).rejects.toMatchObject(stranger);
    // Who gets the right is assignable from the next token on, and who loses it no longer.
    await keepMember(at.unit, { ...staff('caseworker'), person: 'late' });
    expect(await assign('late')).toMatchObject({ state: 'claimed', assignee: 'late' });
    await keepMember(at.unit, { ...staff(role, forces), person: 'late' });
    await expect(assign('late', 2)).rejects.toMatchObject(stranger);
    await at.rows(`delete from member where person = 'late'`);
  });

  it('meets the clocks of a milestone when it is reached, once, and tells the force and not the note', async () => {
    const [id] = (await at.arrive({ force: OWNER, type: typeNamed('desk-move') })) as [string];
    const change = (command: StaffCommand, version: number, body?: object): Promise<TaskView> =>
      changeRequest(at.unit, { caller: staff('caseworker'), reference: id, command, version, body });
    await change('claim', 1);
    await change('hold', 2, { reason: 'lift is out' });
    const reached = await change('milestone', 3, { name: 'unplugged', note: 'behind the cabinet' });
    expect(reached.clocks.map(({ name, state }) => `${name} ${state}`)).toEqual(['respond met', 'unplug met', 'finish paused']);
    expect(reached).toMatchObject({ state: 'held', version: 4 });
    const [event] = await at.rows(`select topic, data from event where request_id = $1 and type = 'concordat.milestone-reached.v1'`, [id]);
    expect(event).toMatchObject({ topic: `force.${OWNER}.events.v1`, data: { milestone: 'unplugged', sequence: 4, state: 'held' } });
    expect(JSON.stringify(event)).not.toContain('cabinet');
    expect(await at.rows('select text from note where request_id = $1', [id])).toEqual([{ text: 'behind the cabinet' }]);
    await expect(change('milestone', 4, { name: 'unplugged' })).rejects.toMatchObject({ problem: { status: 409 } });
    const resumed = await change('resume', 4);
    expect(resumed.clocks.map(({ state }) => state)).toEqual(['met', 'met', 'running']);
  });

  it.each([
    ['that its type does not have', 'desk-move', 'painted', /desk-move has no such milestone; it has unplugged/],
    ['where its type has none', 'desk-seizure', 'unplugged', /desk-seizure has no such milestone; it has none/],
  ])('refuses a milestone %s', async (_, type, name, detail) => {
    const [id] = (await at.arrive({ force: OWNER, type: typeNamed(type) })) as [string];
    const version = await place(id, { state: 'claimed', own: true, proposer: false });
    const given = { caller: staff('caseworker'), reference: id, command: 'milestone' as const, version, body: { name } };
    await expect(changeRequest(at.unit, given)).rejects.toMatchObject({
      problem: { code: 'invalid-request', detail: expect.stringMatching(detail), errors: [{ pointer: '/name' }] },
    });
  });

  it('leaves an event, a log entry and the next version for each change, and nothing for a refusal', async () => {
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
    expect(await outcome(staff('caseworker'), id as string, 'hold', 1)).toBe('412');
    expect(await trace()).toEqual([{ events: 2, entries: 2, version: 2 }]);
  });
});
