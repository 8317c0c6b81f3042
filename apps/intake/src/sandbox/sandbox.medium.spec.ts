import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  decodeEnvelope,
  forceEventsTopic,
  forceRequestsTopic,
  unitRequestsTopic,
  type Envelope,
} from '#contracts';
import { newId } from '#kernel';
import { eventually } from '#testing';
import {
  examplePayload,
  repair,
  startIntake,
  submission,
  type Answer,
  type IntakeUnderTest,
} from '../intake.fixture.ts';
import { startReceiver, type Receiver } from '../answers/manage-webhooks/webhooks.fixture.ts';

const WITHIN = { withinMs: 60_000 };

let intake: IntakeUnderTest;
let receiver: Receiver;
let testshire: string;

beforeAll(async () => {
  receiver = await startReceiver();
  intake = await startIntake({
    sandbox: true,
    consuming: true,
    webhooks: { localDestinations: [receiver.place] },
  });
  await intake.agree();
  testshire = intake.sandbox;
}, 120_000);
afterAll(async () => {
  await intake.stop();
  await receiver.close();
});

const referring = (name: string): Record<string, unknown> => repair({ reference: `${name}-${newId()}` });
const submit = (body: unknown): Promise<Answer> => intake.submit(body, newId(), testshire);
const read = async (id: unknown): Promise<Answer['body']> =>
  (await intake.get(`/v1/requests/${String(id)}`, testshire)).body;
const say = (id: unknown, what: string, body: object): Promise<Answer> =>
  intake.send('POST', `/v1/requests/${String(id)}/${what}`, { force: testshire, key: newId(), body });
const until = (id: unknown, state: string): Promise<Answer['body']> =>
  eventually(
    async () => {
      const view = await read(id);
      return view['state'] === state && view;
    },
    { ...WITHIN, says: `${String(id)} ${state}` },
  );
const feed = async (as: string): Promise<Answer['body'][]> =>
  (await intake.get('/v1/events?limit=1000', as)).body['items'] as Answer['body'][];
/**
 * Reads the events of a request once the feed has the last of these: an event shows after all older
 * transactions have ended.
 */
const toldOf = (id: unknown, last: string): Promise<string[]> =>
  eventually(
    async () => {
      const items = (await feed(testshire)).filter(({ requestId }) => requestId === id);
      const types = items.map(({ type }) => String(type).replace(/^concordat\.|\.v1$/g, ''));
      return types.includes(last) && types;
    },
    { ...WITHIN, says: `${last} in the feed` },
  );
const idOf = (reference: unknown): Promise<string> =>
  eventually(async () => {
    const rows = await intake.rows<{ id: string }>(
      'select id from request where reference = $1',
      [testshire],
      [reference],
    );
    return rows[0]?.id;
  }, WITHIN);
const onTopic = async (topic: string): Promise<Envelope[]> =>
  (await intake.topic(topic)).map((message) => decodeEnvelope(message));

describe('a sandbox', () => {
  it.each([
    ['answer', 'answered'],
    ['decline', 'declined'],
    ['ask', 'waiting-for-force'],
    ['ask-and-take-back', 'answered'],
    ['hold', 'answered'],
    ['release', 'answered'],
    ['milestone', 'answered'],
    ['return', 'answered'],
    ['slow', 'answered'],
    ['too-late', 'claimed'],
    ['stay-queued', 'queued'],
    ['stay-claimed', 'claimed'],
    ['stay-held', 'held'],
  ])(
    'brings a reference that begins with %s- to %s, told in the feed as a unit tells it',
    async (name, state) => {
      const taken = await submit(referring(name));
      expect([taken.status, taken.body['state'], taken.body['unit'], taken.body['agreementId']]).toEqual([
        201,
        'accepted',
        'fleet',
        'sandbox',
      ]);
      const view = await until(taken.body['id'], state);
      expect(view['unitReference']).toMatch(/^TST-\d{2}-\d{6}$/);
      expect(view['clocks']).toHaveLength(2);
      expect((await toldOf(taken.body['id'], 'request-queued')).slice(0, 2)).toEqual([
        'request-submitted',
        'request-queued',
      ]);
    },
  );

  it('answers any other reference with an example answer of its type, and gives a reason for a hold or decline', async () => {
    const [other, held, declined] = await Promise.all(
      ['R', 'stay-held', 'decline'].map((name) => submit(referring(name))),
    );
    expect((await until(other?.body['id'], 'answered'))['answer']).toMatchObject({ outcome: 'completed' });
    expect((await until(held?.body['id'], 'held'))['reason']).toContain('sandbox');
    expect((await until(declined?.body['id'], 'declined'))['belongsTo']).toContain('sandbox');
  });

  it('leaves a request accepted, and still accepts its withdrawal', async () => {
    const { body } = await submit(referring('stay-accepted'));
    const after = await submit(referring('answer'));
    await until(after.body['id'], 'answered');
    expect((await read(body['id']))['state']).toBe('accepted');
    expect((await say(body['id'], 'withdraw', { reason: 'Sent twice' })).status).toBe(202);
    expect(await until(body['id'], 'withdrawn')).toMatchObject({
      reason: 'Sent twice',
      changes: [{ kind: 'withdraw', state: 'done' }],
    });
  });

  it('continues after the reply to its question', async () => {
    const { body } = await submit(referring('ask'));
    expect((await until(body['id'], 'waiting-for-force'))['question']).toContain('Reply');
    expect((await say(body['id'], 'replies', { message: 'It is parked in bay 4.' })).status).toBe(202);
    expect(await until(body['id'], 'answered')).toMatchObject({ question: null });
    expect(await toldOf(body['id'], 'request-answered')).toEqual(
      expect.arrayContaining(['question-asked', 'force-replied', 'reply-received']),
    );
  });

  it('accepts a reopening until the day given with the answer, and answers again', async () => {
    const { body } = await submit(referring('answer'));
    const { reopenUntil, sequence } = await until(body['id'], 'answered');
    expect(reopenUntil).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect((await say(body['id'], 'reopen', { reason: 'The same noise is back.' })).status).toBe(202);
    const again = await eventually(async () => {
      const view = await read(body['id']);
      return view['state'] === 'answered' && view['sequence'] !== sequence && view;
    }, WITHIN);
    expect(again).toMatchObject({ reopenUntil, changes: [{ kind: 'reopen', state: 'done' }] });
    expect(
      (await toldOf(body['id'], 'request-reopened')).filter((type) => type === 'request-reopened'),
    ).toHaveLength(1);
  });

  it('accepts information in a lasting state, and refuses a change that comes too late', async () => {
    const [held, late] = await Promise.all(['stay-held', 'too-late'].map((name) => submit(referring(name))));
    await until(held?.body['id'], 'held');
    await say(held?.body['id'], 'information', { message: 'It stands in bay 7 now.' });
    await eventually(
      async () => ((await read(held?.body['id']))['changes'] as Answer['body'][])[0]?.['state'] === 'done',
      WITHIN,
    );
    await until(late?.body['id'], 'claimed');
    await say(late?.body['id'], 'withdraw', { reason: 'Not needed' });
    expect(await until(late?.body['id'], 'answered')).toMatchObject({
      changes: [{ kind: 'withdraw', state: 'refused', problem: { code: 'not-in-this-state' } }],
    });
    expect((await toldOf(late?.body['id'], 'change-refused')).slice(-2)).toEqual([
      'request-answered',
      'change-refused',
    ]);
  });

  it.each([
    ['refuse', 403, 'no-agreement', 'business', null],
    ['system', 503, 'unavailable', 'system', '5'],
    ['limit', 429, 'too-many-requests', 'system', '1'],
  ])(
    'refuses a reference that begins with %s- by %i, and stores nothing of it',
    async (name, status, code, kind, retryAfter) => {
      const body = referring(name);
      const refused = await submit(body);
      expect(refused.status).toBe(status);
      expect(refused.body).toMatchObject({ code, kind });
      expect(refused.headers.get('retry-after')).toBe(retryAfter);
      expect(
        await intake.rows('select from request where reference = $1', [testshire], [body['reference']]),
      ).toEqual([]);
      // For a real force, references have no such meaning.
      expect((await intake.submit(body)).status).toBe(201);
    },
  );

  it('checks a submission as for any force before it plays anything', async () => {
    const faulty = [
      { body: repair({ reference: `refuse-${newId()}`, payload: { vrm: 7 } }), code: 'invalid-payload' },
      { body: repair({ reference: `system-${newId()}`, type: 'horse-repair' }), code: 'unknown-type' },
    ];
    for (const { body, code } of faulty) expect((await submit(body)).body['code']).toBe(code);
    const body = referring('answer');
    const first = await submit(body);
    expect(await submit(body)).toMatchObject({ status: 200, body: { id: first.body['id'] } });
    expect(
      await submit({ ...body, payload: { ...(body['payload'] as object), odometerMiles: 1 } }),
    ).toMatchObject({ status: 409 });
  });

  it('works the same over Kafka: submissions, replies, withdrawals and refusals', async () => {
    const topic = forceRequestsTopic(testshire);
    const bodies = ['decline', 'system', 'ask', 'stay-held', 'refuse'].map(referring);
    await intake.publish(
      topic,
      bodies.map((body) => submission(body)),
    );
    const [declined, answered, asked, held] = await Promise.all(
      bodies.slice(0, 4).map(({ reference }) => idOf(reference)),
    );
    await until(declined, 'declined');
    await until(answered, 'answered');
    await until(asked, 'waiting-for-force');
    await until(held, 'held');
    await intake.publish(topic, [
      submission({ requestId: asked, message: 'In bay 4.' }, { type: 'concordat.reply-to-question.v1' }),
      submission({ requestId: held, reason: 'Sent twice' }, { type: 'concordat.withdraw-request.v1' }),
    ]);
    await until(asked, 'answered');
    await until(held, 'withdrawn');
    const events = await eventually(async () => {
      const found = await onTopic(forceEventsTopic(testshire));
      return (
        found.some(({ type, subject }) => type === 'concordat.request-withdrawn.v1' && subject === held) &&
        found
      );
    }, WITHIN);
    const told = (id: unknown): string[] =>
      events.filter(({ subject }) => subject === id).map(({ type }) => type);
    expect(told(declined)).toEqual([
      'concordat.request-queued.v1',
      'concordat.request-claimed.v1',
      'concordat.request-declined.v1',
    ]);
    expect(
      events.find(({ subject, type }) => subject === asked && type === 'concordat.question-asked.v1'),
    ).toMatchObject({
      source: '/unit/fleet',
      owningForce: testshire,
    });
    const refusal = events.find(
      ({ value }) => (value as { forceReference?: string }).forceReference === bodies[4]?.['reference'],
    );
    expect(refusal).toMatchObject({
      type: 'concordat.request-refused.v1',
      value: { problem: { code: 'no-agreement' } },
    });
  });

  it('works the same in bulk, each line by its own reference', async () => {
    const bodies = ['decline', 'refuse', 'stay-queued'].map(referring);
    const response = await fetch(`${intake.url}/v1/bulk`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await intake.identity.forceToken(testshire)}`,
        'idempotency-key': newId(),
        'content-type': 'application/x-ndjson',
      },
      body: bodies.map((body) => `${JSON.stringify(body)}\n`).join(''),
    });
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 202,
      body: { accepted: 2, refused: 1 },
    });
    await until(await idOf(bodies[0]?.['reference']), 'declined');
    await until(await idOf(bodies[2]?.['reference']), 'queued');
  });

  it('logs the collection of a law-enforcement record as for any force', async () => {
    const payload = await examplePayload('crime-report');
    const { body } = await submit({ type: 'crime-report', reference: `decline-${newId()}`, payload });
    await until(body['id'], 'declined');
    const entries = await intake.rows(
      'select operation from access_log where request_id = $1 limit 1',
      [testshire],
      [body['id']],
    );
    expect(entries).toEqual([{ operation: 'collection' }]);
  });

  it('delivers its feed to its webhooks', async () => {
    const hook = await intake.send('POST', '/v1/webhooks', { force: testshire, body: { url: receiver.url } });
    expect(hook.status).toBe(201);
    const { body } = await submit(referring('answer'));
    await eventually(
      () =>
        receiver.calls.some(
          (call) => call.body.includes(String(body['id'])) && call.body.includes('request-answered'),
        ),
      WITHIN,
    );
  });

  it('sees nothing of a force, and no force sees anything of it', async () => {
    const [ours, theirs] = [await intake.submit(repair()), await submit(referring('stay-queued'))];
    await until(theirs.body['id'], 'queued');
    expect((await intake.get(`/v1/requests/${String(ours.body['id'])}`, testshire)).status).toBe(404);
    expect((await intake.get(`/v1/requests/${String(theirs.body['id'])}`)).status).toBe(404);
    const idsIn = async (as: string) => (await feed(as)).map(({ requestId }) => requestId);
    expect(await idsIn(testshire)).not.toContain(ours.body['id']);
    expect(await idsIn(intake.force)).not.toContain(theirs.body['id']);
    expect(await intake.rows('select from rehearsal', [intake.force, intake.other])).toEqual([]);
    expect((await intake.get('/v1/agreements', testshire)).body['items']).toEqual([]);
  });

  // This test is last, so every message above has been sent to the sandbox.
  it('sends nothing to a unit or to the events of a force', async () => {
    const real = await intake.submit(repair());
    const ofUnit = await eventually(async () => {
      const found = await onTopic(unitRequestsTopic('fleet'));
      return found.some(({ subject }) => subject === real.body['id']) && found;
    }, WITHIN);
    expect(ofUnit.filter(({ owningForce }) => owningForce === testshire)).toEqual([]);
    for (const topic of [
      unitRequestsTopic('crime-recording'),
      forceEventsTopic(intake.force),
      forceEventsTopic(intake.other),
    ]) {
      expect((await onTopic(topic)).filter(({ owningForce }) => owningForce === testshire)).toEqual([]);
    }
    const own = await onTopic(forceEventsTopic(testshire));
    expect([...new Set(own.map(({ owningForce }) => owningForce))]).toEqual([testshire]);
    const topics = await intake.rows<{ topic: string | null }>(
      'select distinct topic from event order by 1',
      [testshire],
    );
    expect(topics).toEqual([{ topic: forceEventsTopic(testshire) }, { topic: null }]);
    // Messages that would have gone to a unit are only in the feed.
    const kept = await intake.rows<{ type: string }>(
      'select distinct type from event where topic is null order by 1',
      [testshire],
    );
    expect(kept.map(({ type }) => type)).toEqual([
      'concordat.force-replied.v1',
      'concordat.information-added.v1',
      'concordat.reopening-requested.v1',
      'concordat.request-submitted.v1',
      'concordat.withdrawal-requested.v1',
    ]);
  });
});

describe('a deployment without a sandbox', () => {
  it('refuses whatever the sandbox sends, and stores nothing of it', async () => {
    const without = await startIntake({ kafka: false });
    try {
      const token = await without.identity.forceToken('testshire');
      const refused = await without.send('POST', '/v1/requests', {
        token,
        key: newId(),
        body: referring('answer'),
      });
      expect(refused).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
      expect(await without.rows('select from event', ['testshire'])).toEqual([]);
    } finally {
      await without.stop();
    }
  });
});
