import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forceRequestsTopic } from '#contracts';
import { newId } from '#kernel';
import { eventually } from '#testing';
import {
  examplePayload,
  repair,
  startIntake,
  submission,
  type Answer,
  type IntakeUnderTest,
} from '../../intake.fixture.ts';
import { unitEventsFor, type View } from './unit-events.fixture.ts';

type Units = ReturnType<typeof unitEventsFor>;
let intake: IntakeUnderTest;
let units: ReturnType<typeof unitEventsFor>;

beforeAll(async () => {
  intake = await startIntake({ consuming: true });
  units = unitEventsFor(intake);
  await intake.agree();
  await intake.agree({ unit: 'crime-recording' });
});
afterAll(() => intake.stop());

const submitted: Units['submitted'] = () => units.submitted();
const change: Units['change'] = (...given) => units.change(...given);
const publish: Units['publish'] = (...given) => units.publish(...given);
const inState: Units['inState'] = (...given) => units.inState(...given);
const waitingForForce: Units['waitingForForce'] = () => units.waitingForForce();
const read: Units['read'] = (id) => units.read(id);
const feedOf = async (
  request: View,
): Promise<{ id: string; type: string; data: { sequence?: number } }[]> => {
  const { items } = (await intake.get('/v1/events?limit=1000')).body;
  return (items as { id: string; type: string; requestId: string; data: object }[]).filter(
    ({ requestId }) => requestId === request['id'],
  );
};

describe('an event of a unit', () => {
  it('updates the request: state, references, clocks, answer and ETag', async () => {
    const request = await submitted();
    const clocks = [{ name: 'return', dueAt: '2026-03-09T18:00:00Z', state: 'running' }];
    await publish([
      change(request, 'request-queued', 1, 'queued', { clocks }),
      change(request, 'request-claimed', 2, 'claimed'),
    ]);
    expect(await inState(request, 2)).toMatchObject({
      state: 'claimed',
      unitReference: 'FLT-26-000123',
      clocks,
    });
    await publish([change(request, 'request-answered', 5, 'answered', { answer: { outcome: 'repaired' } })]);
    expect(await inState(request, 5)).toMatchObject({
      state: 'answered',
      answer: { outcome: 'repaired' },
      clocks,
    });
    expect((await intake.get(`/v1/requests/${String(request['id'])}`)).headers.get('etag')).toBe('"5"');
  });

  it('gives the same result in any order and with repeats: the highest sequence wins, and the feed has each event once', async () => {
    const request = await submitted();
    const queued = change(request, 'request-queued', 1, 'queued');
    const claimed = change(request, 'request-claimed', 2, 'claimed');
    const held = change(request, 'request-held', 3, 'held', { reason: 'part on order' });
    const declined = change(request, 'request-declined', 4, 'declined', {
      reason: 'not ours',
      belongsTo: 'estates',
    });
    await publish([declined, queued, declined]);
    await publish([held, claimed, queued, claimed, held]);
    const feed = await eventually(async () => {
      const items = await feedOf(request);
      return items.length >= 5 && items;
    });
    expect(feed).toHaveLength(5);
    expect(feed.map(({ data }) => data.sequence ?? 0).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(await read(request['id'])).toMatchObject({
      state: 'declined',
      sequence: 4,
      reason: 'not ours',
      belongsTo: 'estates',
    });
  });

  it('records a milestone, and keeps the reason for a hold', async () => {
    const request = await submitted();
    const held = change(request, 'request-held', 3, 'held', { reason: 'part on order' });
    await publish([held, change(request, 'milestone-reached', 4, 'held', { milestone: 'made-safe' })]);
    expect(await inState(request, 4)).toMatchObject({ state: 'held', reason: 'part on order' });
    await publish([change(request, 'milestone-reached', 5, 'held', { milestone: 'attended' })]);
    expect(await inState(request, 5)).toMatchObject({ state: 'held', reason: 'part on order' });
    await publish([change(request, 'request-resumed', 6, 'claimed')]);
    expect(await inState(request, 6)).toMatchObject({ state: 'claimed', reason: null });
  });

  it('removes a question that the unit withdraws', async () => {
    const request = await waitingForForce();
    await publish([change(request, 'milestone-reached', 4, 'waiting-for-force', { milestone: 'attended' })]);
    expect(await inState(request, 4)).toMatchObject({ question: 'Which tyre?' });
    await publish([change(request, 'question-withdrawn', 5, 'claimed')]);
    expect(await inState(request, 5)).toMatchObject({ state: 'claimed', question: null });
  });

  it('shows the state of the newest event although earlier events arrive later', async () => {
    const request = await submitted();
    const question = { text: 'Which tyre?', version: 3 };
    const current = { state: 'waiting-for-force', question };
    await publish([
      change(request, 'milestone-reached', 4, 'waiting-for-force', { milestone: 'attended', current }),
    ]);
    expect(await inState(request, 4)).toMatchObject({ question: 'Which tyre?' });
    const reply = async (): Promise<number> => {
      const body = { message: 'The front one.', questionVersion: 3 };
      const path = `/v1/requests/${String(request['id'])}/replies`;
      return (await intake.send('POST', path, { key: newId(), body })).status;
    };
    expect(await reply()).toBe(202);
    await publish([
      change(request, 'question-asked', 3, 'waiting-for-force', { question: 'Which tyre?', current }),
      change(request, 'milestone-reached', 5, 'waiting-for-force', { milestone: 'made-safe', current }),
    ]);
    await inState(request, 5);
    // Its question still has that reply.
    expect(await reply()).toBe(409);
    const held = { state: 'held', reason: 'part on order' };
    await publish([
      change(request, 'milestone-reached', 9, 'held', { milestone: 'made-safe', current: held }),
      change(request, 'request-held', 8, 'held', { reason: 'part on order', current: held }),
    ]);
    expect(await inState(request, 9)).toMatchObject({ ...held, question: null });
  });

  it.each<[string, (request: View) => ReturnType<typeof change>, string]>([
    [
      'of a request that does not exist',
      (request) => change({ ...request, id: newId() }, 'request-queued', 1, 'queued'),
      'not-found',
    ],
    [
      'of a unit that does not have the request',
      (request) => change(request, 'request-answered', 9, 'answered', { unit: 'legal' }, newId(), 'legal'),
      'not-found',
    ],
    [
      'that one unit sends in the name of another',
      (request) => change(request, 'request-answered', 9, 'answered', {}, newId(), 'legal'),
      'not-allowed',
    ],
    [
      'that names another unit than its source',
      (request) => change(request, 'request-answered', 9, 'answered', { unit: 'legal' }),
      'not-allowed',
    ],
    [
      'that gives two states for one request',
      (request) => change(request, 'request-queued', 1, 'queued', { current: { state: 'answered' } }),
      'not-in-this-state',
    ],
    ['with an unknown state', (request) => change(request, 'request-queued', 1, 'lost'), 'invalid-request'],
  ])('is kept as a dead letter %s, and the next event is processed', async (_, bad, code) => {
    const request = await submitted();
    const message = bad(request);
    await publish([message, change(request, 'request-queued', 1, 'queued')]);
    expect((await inState(request, 1))['state']).toBe('queued');
    const letters = await eventually(async () => {
      const rows = await intake.rows<{ problem: { code: string }; value: Buffer }>(
        'select problem, value from dead_letter',
      );
      return rows.find(({ value }) => value.equals(message.value));
    });
    expect(letters.problem.code).toBe(code);
  });

  it('keeps a repeated id with other content as a dead letter', async () => {
    const request = await submitted();
    const id = newId();
    await publish([change(request, 'request-queued', 1, 'queued', {}, id)]);
    await inState(request, 1);
    await publish([
      change(request, 'request-answered', 9, 'answered', {}, id),
      change(request, 'request-claimed', 2, 'claimed'),
    ]);
    expect((await inState(request, 2))['state']).toBe('claimed');
  });
});

describe('the feed and the list', () => {
  it('never skip a late commit: a page ends before the oldest open transaction', async () => {
    const before = (await intake.get('/v1/events?limit=1000')).body['next'] as string;
    const late = await intake.own.connect();
    await late.query(`begin; set local concordat.forces = '${intake.force}'`);
    const eventId = newId();
    await late.query(
      `insert into event (owning_force, event_id, type, time, source, data) values ($1, $2, 'concordat.request-queued.v1', now(), '/test', '{}')`,
      [intake.force, eventId],
    );
    const after = await submitted();
    const ofPage = async (): Promise<string[]> => {
      const { items } = (await intake.get(`/v1/events?after=${before}`)).body;
      return (items as { id: string; requestId: string | null }[]).map(
        ({ id, requestId }) => requestId ?? id,
      );
    };
    const mine = (id: string): boolean => id === eventId || id === after['id'];
    expect((await ofPage()).filter(mine)).toEqual([]);
    await late.query('commit');
    late.release();
    const shown = await eventually(async () => {
      const page = (await ofPage()).filter(mine);
      return page.length >= 2 && page;
    });
    expect(shown).toEqual([eventId, after['id']]);
  });

  it('are read page by page without loss or repeat', async () => {
    const all = await Promise.all(Array.from({ length: 7 }, submitted));
    const ids = new Set<string>();
    let cursor = '';
    do {
      const page: Answer = await intake.get(`/v1/requests?limit=3${cursor}`);
      for (const { id } of page.body['items'] as { id: string }[]) {
        expect(ids.has(id)).toBe(false);
        ids.add(id);
      }
      const next = page.body['next'] as string | undefined;
      expect(page.headers.get('link')?.includes('rel="next"') ?? false).toBe(next !== undefined);
      cursor = next === undefined ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    for (const { id } of all) expect(ids.has(String(id))).toBe(true);
  });

  it('can be filtered by state, reference and time of change', async () => {
    const request = await waitingForForce();
    const of = async (query: string): Promise<unknown[]> =>
      ((await intake.get(`/v1/requests?${query}`)).body['items'] as { id: string }[]).map(({ id }) => id);
    expect(await of(`reference=${String(request['reference'])}`)).toEqual([request['id']]);
    expect(await of(`updatedSince=${String(request['updatedAt'])}&state=waiting-for-force`)).toContain(
      request['id'],
    );
    expect(await of('updatedSince=2199-01-01T00:00:00Z')).toEqual([]);
  });

  it.each([
    ['/v1/requests?status=answered', 'status', 'updatedSince, state, reference, order, limit, cursor'],
    ['/v1/events?since=2026-03-02T09:30:00Z', 'since', 'after'],
    ['/v1/events?cursor=x&limit=5', 'cursor', 'after'],
    ['/v1/counts?force=south', 'force', 'no query parameters'],
    ['/v1/requests?constructor=1', 'constructor', 'state'],
  ])('refuse an unknown parameter, and name the known ones: %s', async (path, name, known) => {
    const { status, body } = await intake.get(path);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 'invalid-request',
      errors: [{ pointer: `/${name}`, detail: expect.stringContaining(known) }],
    });
  });

  it.each(['/v1/events?after=x', '/v1/requests?cursor=WzFd', '/v1/refusals?cursor=%00'])(
    'refuse an invented cursor: %s',
    async (path) => {
      expect((await intake.get(path)).body['code']).toBe('invalid-cursor');
    },
  );

  it.each([
    '/v1/requests?limit=0',
    '/v1/requests?state=lost',
    '/v1/requests?updatedSince=2026-03-02',
    '/v1/events?limit=x',
    '/v1/requests?state=held&state=queued',
  ])('refuse an invalid value: %s', async (path) => {
    expect((await intake.get(path)).body['code']).toBe('invalid-request');
  });
});

describe('the access log of a law-enforcement record', () => {
  it('has its collection, and each reading by request, list and feed with the name of the reader', async () => {
    const { body } = await intake.submit({
      type: 'crime-report',
      reference: newId(),
      payload: await examplePayload('crime-report'),
    });
    await read(body['id']);
    await intake.get(`/v1/requests?reference=${String(body['reference'])}`);
    await eventually(async () => (await feedOf(body)).length > 0);
    const log = await intake.rows<{ operation: string; person: string }>(
      'select operation, person from access_log where request_id = $1 order by position',
      [intake.force],
      [body['id']],
    );
    expect(log.map(({ operation }) => operation)).toEqual([
      'collection',
      'consultation',
      'consultation',
      'consultation',
    ]);
    expect(new Set(log.map(({ person }) => person))).toEqual(new Set([`force-${intake.force}`]));
  });

  const logOf = (refusal: string): Promise<{ operation: string; person: string }[]> =>
    intake.rows(
      'select operation, person from access_log where reason = $1 order by position',
      [intake.force],
      [`refusal ${refusal}`],
    );
  const refusalOf = async (reference: string): Promise<string> =>
    eventually(async () => {
      const { items } = (await intake.get('/v1/refusals?limit=1000')).body;
      return (items as { id: string; reference: string }[]).find((item) => item.reference === reference)?.id;
    });

  it.each([
    ['is of law enforcement', 'crime-report'],
    ['is of a type that nobody knows here', 'volume-crime-investigation'],
  ])('has the collection and each reading of a refusal: %s', async (_, type) => {
    const [reference, key] = [newId(), newId()];
    const payload = await examplePayload('crime-report');
    // If the type is known, the first is accepted, and other content under its key is refused and kept.
    await intake.submit({ type: 'crime-report', reference: newId(), payload }, key);
    await intake.submit({ type, reference, payload }, key);
    const id = await refusalOf(reference);
    const before = await logOf(id);
    expect(before[0]?.operation).toBe('collection');
    await intake.get('/v1/refusals?limit=1000');
    const after = await logOf(id);
    expect(after).toHaveLength(before.length + 1);
    expect(after.slice(1).every(({ operation }) => operation === 'consultation')).toBe(true);
    expect(after.every(({ person }) => person === `force-${intake.force}`)).toBe(true);
  });

  it('has the unreadable messages from Kafka, and no message that is known to be of another kind', async () => {
    const unreadable = { ...submission({}), value: Buffer.from('{') };
    const known = submission(repair({ payload: { vrm: 7 } }));
    await intake.publish(forceRequestsTopic(intake.force), [unreadable, known]);
    const idOf = (message: typeof known): Promise<string> =>
      eventually(async () => {
        const rows = await intake.rows<{ id: string }>(
          'select id from refusal where message_id = $1',
          [intake.force],
          [message.headers['ce_id']],
        );
        return rows[0]?.id;
      });
    const [guarded, other] = [await idOf(unreadable), await idOf(known)];
    await intake.get('/v1/refusals?limit=1000');
    expect((await logOf(guarded))[0]).toEqual({ operation: 'collection', person: `force-${intake.force}` });
    expect(await logOf(other)).toEqual([]);
  });
});

describe('GET /v1/counts', () => {
  it('gives a force its own numbers, which add up, and none of another force; health shows the number of dead letters', async () => {
    const before = (await intake.get('/v1/counts')).body;
    const request = await submitted();
    await publish([
      change(request, 'request-queued', 1, 'queued'),
      change({ ...request, id: newId() }, 'request-queued', 1, 'queued'),
    ]);
    await inState(request, 1);
    await submitted();
    await intake.submit(repair({ type: 'volume-crime-investigation' }));
    const counts = await eventually(async () => {
      const { body } = await intake.get('/v1/counts');
      return body['deadLettered'] > before['deadLettered'] && body;
    });
    expect(counts).toMatchObject({
      received: before['received'] + 2,
      refused: before['refused'] + 1,
      deadLettered: before['deadLettered'] + 1,
    });
    expect(counts['byState'].queued).toBe((before['byState'].queued ?? 0) + 1);
    expect(Object.values(counts['byState'] as Record<string, number>).reduce((sum, n) => sum + n, 0)).toBe(
      counts['received'],
    );
    expect((await intake.get('/v1/counts', intake.other)).body).toEqual({
      received: 0,
      byState: {},
      refused: 0,
      deadLettered: 0,
    });
    const { checks } = (await (await fetch(`${intake.url}/health/ready`)).json()) as {
      checks: Record<string, unknown>;
    };
    expect(checks['dead-letters']).toEqual({ ok: true });
  });
});
