import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, RunningUnit, type Reply, type StaffMember } from '#testing';
import { answerFault } from '../payload-rules.ts';
import type { TaskView } from '../task-view.ts';
import { keptIn } from '../kept-records.ts';
import type { Fields, RecordHooks, UnitDefinition } from '../unit-definition.ts';
import type { ChangeResult } from './work-in-batches.controller.ts';

const [move, purchase] = deskMoves.requestTypes as [
  UnitDefinition['requestTypes'][0],
  UnitDefinition['requestTypes'][0],
];
const itemsOf = ({ body }: Reply): TaskView[] => body.items as TaskView[];
const toldOf = ({ body }: Reply): string[] =>
  (body.results as ChangeResult[]).map(({ status, problem }) => `${status} ${problem?.code ?? 'done'}`);
const ANSWER = { answer: move.examples[0]?.answer };

/** The invented unit, with records that refuse answers about certain names. */
const choosyRecords: RecordHooks = {
  answerFaults: async (_client, answered) =>
    answered.map(({ request }) =>
      request.forceReference === 'REFUSE-ME'
        ? [answerFault<Fields>('outcome', 'NotThisOne', 'Not this one')]
        : [],
    ),
  onAnswer: async (_client, answered) =>
    answered.map(({ request }) => ({ recordedFor: request.forceReference })),
};
const choosy: UnitDefinition = {
  ...deskMoves,
  requestTypes: deskMoves.requestTypes.map((type) => ({
    ...type,
    records: keptIn(choosyRecords, { payload: (payload) => payload, answer: (answer) => answer }),
  })),
};

describe('work in batches', () => {
  let unit: RunningUnit;
  let worker: StaffMember;
  beforeAll(async () => {
    unit = await RunningUnit.start(choosy);
    worker = await unit.staff('caseworker');
  });
  afterAll(() => unit?.stop());

  const submitted = (count: number, type = move): Promise<string[]> =>
    Promise.all(
      Array.from({ length: count }, (_, place) =>
        unit.submit({ force: unit.forces[place % 3] as string, type }),
      ),
    );

  it('claims the most urgent of every force for the caller, and nothing if nothing waits', async () => {
    const ids = await submitted(5);
    const urgent = (
      (await worker.get('/v1/queue?state=queued&limit=200')).body.groups as { items: { id: string }[] }[]
    )
      .flatMap(({ items }) => items)
      .map(({ id }) => id);
    const first = await worker.post('/v1/queue/take', { count: 3 });
    expect(first.status).toBe(200);
    expect(itemsOf(first).map(({ id }) => id)).toEqual(urgent.slice(0, 3));
    expect(itemsOf(first).map(({ assignee }) => assignee)).toEqual([
      worker.person,
      worker.person,
      worker.person,
    ]);
    const rest = await worker.post('/v1/queue/take', { count: 100, types: [move.name] });
    expect(itemsOf(rest)).toHaveLength(2);
    expect(new Set([...itemsOf(first), ...itemsOf(rest)].map(({ id }) => id))).toEqual(new Set(ids));
    expect((await worker.post('/v1/queue/take', { count: 100 })).body).toEqual({ items: [] });
  });

  it('answers many at once, notifies each force of its own, and adds the fields of the records to each answer', async () => {
    const ids = await submitted(4);
    const taken = itemsOf(await worker.post('/v1/queue/take', { count: 4 }));
    const changes = taken.map(({ id, version }) => ({
      request: id,
      command: 'answer',
      version,
      body: ANSWER,
    }));
    const done = await worker.post('/v1/changes', { changes });
    expect(toldOf(done)).toEqual(['200 done', '200 done', '200 done', '200 done']);
    for (const [place, id] of ids.entries()) {
      const { topic, value } = await unit.event(id, 'request-answered');
      expect(topic).toBe(`force.${unit.forces[place % 3] as string}.events.v1`);
      expect(value).toMatchObject({ sequence: 3, answer: { ...ANSWER.answer, recordedFor: `REF-${id}` } });
    }
  });

  it('refuses each for its own reason, in its place, and makes the other changes', async () => {
    const [right, stale, theirs, decided] = (await submitted(3)).concat(await submitted(1, purchase)) as [
      string,
      string,
      string,
      string,
    ];
    const refused = await unit.submit({ force: unit.forces[0], type: move, forceReference: 'REFUSE-ME' });
    await worker.post('/v1/queue/take', { count: 10 });
    // This request is of a force that the worker may not see.
    const ofTwo = await unit.staff('caseworker', { forces: unit.forces.filter((_, place) => place !== 2) });
    const answer = (request: string, version = 2): object => ({
      request,
      command: 'answer',
      version,
      body: ANSWER,
    });
    const reply = await ofTwo.post('/v1/changes', {
      changes: [
        answer(right),
        answer(stale, 1),
        answer(theirs),
        answer(decided),
        answer(refused),
        answer('nothing-there'),
        { request: right, command: 'note', version: 2, body: { text: 'twice' } },
        { request: stale, command: 'hold', version: 2, body: {} },
      ],
    });
    expect(reply.status).toBe(200);
    expect(toldOf(reply)).toEqual([
      '200 done',
      '412 version-changed',
      '404 not-found',
      '409 second-person-needed',
      '422 invalid-payload',
      '404 not-found',
      '412 version-changed',
      '400 invalid-request',
    ]);
    const states = await unit.rows('select id, state, version from task where id = any ($1)', [
      [right, stale, theirs, decided, refused],
    ]);
    const untouched = { state: 'claimed', version: 2 };
    expect(states).toHaveLength(5);
    for (const { id, ...now } of states)
      expect(now).toEqual(id === right ? { state: 'answered', version: 3 } : untouched);
    expect(await unit.rows('select 1 from note where request_id = $1', [right])).toEqual([]);
  });

  it('makes the second change of a request if the first was refused, and refuses it if the first was made', async () => {
    const [id] = (await submitted(1)) as [string];
    await worker.post('/v1/queue/take', { count: 1 });
    const decline = {
      request: id,
      command: 'decline',
      version: 2,
      body: { reason: 'Not ours.', belongsTo: 'Estates' },
    };
    const changes = [
      { request: id, command: 'answer', version: 2, body: { answer: { nonsense: true } } },
      decline,
      decline,
    ];
    expect(toldOf(await worker.post('/v1/changes', { changes }))).toEqual([
      '422 invalid-payload',
      '200 done',
      '412 version-changed',
    ]);
  });

  it.each([
    ['no count', '/v1/queue/take', {}, '/count'],
    ['too many', '/v1/queue/take', { count: 101 }, '/count'],
    ['no changes', '/v1/changes', { changes: [] }, '/changes'],
    [
      'an unknown command',
      '/v1/changes',
      { changes: [{ request: 'x', command: 'shred' }] },
      '/changes/0/command',
    ],
    [
      'a body of another shape',
      '/v1/changes',
      { changes: [{ request: 'x', command: 'note', body: 7 }] },
      '/changes/0/body',
    ],
  ])('refuses %s with a pointer', async (_, url, body, pointer) => {
    const reply = await worker.post(url, body);
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect((reply.body.errors as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer);
  });

  it.each(['claim', 'release', 'resume', 'withdraw-question', 'confirm'])(
    'refuses %s with an unknown field, alone and beside a valid change',
    async (command) => {
      const [spoilt, sound] = (await submitted(2)) as [string, string];
      const { items } = (await worker.post('/v1/queue/take', { count: 2 })).body as { items: TaskView[] };
      expect(items).toHaveLength(2);
      const body = { because: 'a mistake' };
      const alone = await worker.post(`/v1/requests/${spoilt}/${command}`, body, { 'if-match': '"2"' });
      expect(alone).toMatchObject({
        status: 400,
        body: { code: 'invalid-request', errors: [{ pointer: '/because' }] },
      });
      const reply = await worker.post('/v1/changes', {
        changes: [
          { request: spoilt, command, version: 2, body },
          { request: sound, command: 'answer', version: 2, body: ANSWER },
        ],
      });
      expect(toldOf(reply)).toEqual(['400 invalid-request', '200 done']);
      await worker.post(`/v1/requests/${spoilt}/answer`, ANSWER, { 'if-match': '"2"' });
    },
  );

  it('finds no request for a reference that no text column can contain', async () => {
    const reply = await worker.post('/v1/changes', {
      changes: [{ request: 'a', command: 'claim', body: {} }],
    });
    expect(toldOf(reply)).toEqual(['404 not-found']);
    expect((await worker.get('/v1/requests/%00')).status).toBe(404);
    expect((await worker.post('/v1/requests/A%00B/claim', {})).status).toBe(404);
  });

  it.each(['auditor', 'administrator'] as const)('is not for an %s, who only reads', async (role) => {
    const reader = await unit.staff(role);
    expect(await reader.post('/v1/queue/take', { count: 1 })).toMatchObject({ status: 403 });
    const id = (await submitted(1))[0] as string;
    const { body } = await reader.post('/v1/changes', {
      changes: [{ request: id, command: 'claim', version: 1 }],
    });
    expect(body.results).toMatchObject([{ status: 403, problem: { code: 'not-allowed' } }]);
  });
});
