import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  forceEventsTopic,
  forceRequestsTopic,
  decodeEnvelope,
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
} from '../../intake.fixture.ts';

let intake: IntakeUnderTest;
let topic: string;
const CRIME = await examplePayload('crime-report');

beforeAll(async () => {
  intake = await startIntake({ consuming: true, units: ['fleet', 'crime-recording', 'firearms-licensing'] });
  await intake.agree();
  topic = forceRequestsTopic(intake.force);
});
afterAll(() => intake.stop());

interface KeptRefusal {
  readonly id: string;
  readonly code: string;
  readonly message_id: string | null;
  readonly bytes: number | null;
  readonly body: unknown;
}

const publish = (messages: Parameters<IntakeUnderTest['publish']>[1]): Promise<void> =>
  intake.publish(topic, messages);
const stored = (reference: unknown): Promise<{ id: string; channel: string; submitted_by: string }[]> =>
  intake.rows(
    'select id, channel, submitted_by from request where reference = $1',
    [intake.force],
    [reference],
  );
const kept = (messageId: string): Promise<KeptRefusal[]> =>
  intake.rows(
    'select id, code, message_id, length(bytes) as bytes, body from refusal where message_id = $1',
    [intake.force],
    [messageId],
  );
/**
 * Publishes a good one last and waits until it is accepted: then all before it on its partition have been
 * handled.
 */
const nextGoodOneIsTaken = async (): Promise<void> => {
  const good = repair();
  await publish([submission(good)]);
  await eventually(async () => (await stored(good['reference'])).length === 1, {
    says: 'the next good submission',
  });
};
const answersOnTopic = async (messageId: string): Promise<Envelope[]> =>
  (await intake.topic(forceEventsTopic(intake.force)))
    .map((message) => decodeEnvelope(message))
    .filter(({ value }) => (value as { messageId?: string }).messageId === messageId);

describe('submissions over Kafka', () => {
  it('accepts a submission as REST does, and publishes it for the unit with its trace', async () => {
    const body = repair();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const message = submission(body);
    await publish([{ ...message, headers: { ...message.headers, ce_traceparent: traceparent } }]);
    const [request] = await eventually(async () => {
      const rows = await stored(body['reference']);
      return rows.length > 0 && rows;
    });
    expect(request).toMatchObject({ channel: 'kafka', submitted_by: `force-${intake.force}` });
    const forwarded = await eventually(async () =>
      (await intake.topic(unitRequestsTopic('fleet')))
        .map((one) => decodeEnvelope(one))
        .find(({ subject }) => subject === request?.id),
    );
    expect(forwarded).toMatchObject({
      type: 'concordat.request-submitted.v1',
      owningForce: intake.force,
      traceparent,
      source: '/service/intake',
    });
    expect(forwarded.value).toMatchObject({
      requestId: request?.id,
      forceReference: body['reference'],
      payload: body['payload'],
      channel: 'kafka',
    });
  });

  it('gives a message that comes five times one effect, shuffled among others', async () => {
    const body = repair();
    const others = [repair(), repair(), repair()];
    const repeated = submission(body);
    const [a, b, c] = others.map((one) => submission(one));
    await publish([repeated, a!, repeated, repeated, b!, repeated, c!, repeated]);
    await nextGoodOneIsTaken();
    for (const one of [body, ...others]) expect(await stored(one['reference'])).toHaveLength(1);
    expect(await kept(repeated.headers['ce_id'] as string)).toEqual([]);
  });

  it('waits while a race stays lost, and stores neither a refusal nor a dead letter', async () => {
    const [body, id] = [repair(), newId()];
    const race = await intake.losingRacesFor(id);
    await publish([submission(body, { id })]);
    // Five attempts are one delivery, and it has been delivered again.
    await eventually(async () => (await race.tries()) > 5, { says: 'a second delivery' });
    expect([await kept(id), await intake.rows('select 1 from dead_letter')]).toEqual([[], []]);
    await race.end();
    await eventually(async () => (await stored(body['reference'])).length === 1, { says: 'the submission' });
    expect(await kept(id)).toEqual([]);
  });

  it('refuses the same id with another body, stores the refusal, and answers once with the problem that REST would give', async () => {
    const id = newId();
    const [first, second] = [repair(), repair()];
    await publish([submission(first, { id }), submission(second, { id }), submission(second, { id })]);
    await nextGoodOneIsTaken();
    expect([(await stored(first['reference'])).length, (await stored(second['reference'])).length]).toEqual([
      1, 0,
    ]);
    expect(await kept(id)).toMatchObject([{ code: 'idempotency-key-reused', body: second }]);
    const answers = await eventually(async () => {
      const found = await answersOnTopic(id);
      return found.length > 0 && found;
    });
    expect(answers).toHaveLength(1);
    expect(answers[0]?.value).toMatchObject({
      forceReference: second['reference'],
      problem: { status: 422, code: 'idempotency-key-reused' },
    });
  });

  it('uses up the id of a known request: other content under it is refused', async () => {
    const body = repair();
    const id = newId();
    await intake.submit(body);
    const other = repair();
    await publish([submission(body, { id })]);
    await nextGoodOneIsTaken();
    await publish([submission(other, { id })]);
    await nextGoodOneIsTaken();
    expect([(await stored(body['reference'])).length, (await stored(other['reference'])).length]).toEqual([
      1, 0,
    ]);
    expect(await kept(id)).toMatchObject([{ code: 'idempotency-key-reused' }]);
  });

  it('refuses the same reference with other content under a new id, naming the request that has it', async () => {
    const body = repair();
    const id = newId();
    const first = (await intake.submit(body)).body;
    await publish([
      submission({ ...body, payload: { ...(body['payload'] as object), odometerMiles: 1 } }, { id }),
    ]);
    await nextGoodOneIsTaken();
    expect(await kept(id)).toMatchObject([{ code: 'reference-conflict' }]);
    const [answer] = await eventually(async () => {
      const found = await answersOnTopic(id);
      return found.length > 0 && found;
    });
    expect(answer?.value).toMatchObject({ problem: { existing: { id: first['id'] } } });
  });

  it.each<[string, (id: string) => ReturnType<typeof submission>, string]>([
    ['a type nobody takes', (id) => submission(repair({ type: 'horse-repair' }), { id }), 'unknown-type'],
    [
      'a matter that is never shared',
      (id) => submission(repair({ type: 'neighbourhood-policing' }), { id }),
      'never-shared',
    ],
    [
      'a payload that is not valid',
      (id) => submission(repair({ payload: { vrm: 1 } }), { id }),
      'invalid-payload',
    ],
    [
      'a unit without an agreement',
      (id) => submission({ type: 'crime-report', reference: id, payload: CRIME }, { id }),
      'no-agreement',
    ],
    [
      'an unknown message type',
      (id) => submission(repair(), { id, type: 'concordat.steal-request.v1' }),
      'invalid-request',
    ],
    [
      'a header that claims another force',
      (id) => submission(repair(), { id, owningForce: intake.other }),
      'not-allowed',
    ],
    [
      'a payload that claims another force',
      (id) => submission({ ...repair(), owningForce: 'elsewhere' }, { id }),
      'invalid-request',
    ],
    [
      'a reply to a request that does not exist',
      (id) =>
        submission({ requestId: newId(), message: 'Yes' }, { id, type: 'concordat.reply-to-question.v1' }),
      'not-found',
    ],
  ])(
    'refuses %s, stores the refusal, answers on the events topic and in the feed, and accepts the next good one',
    async (_, message, code) => {
      const id = newId();
      const refused = message(id);
      await publish([refused, refused]);
      await nextGoodOneIsTaken();
      expect(await kept(id)).toMatchObject([{ code }]);
      const feed = await eventually(async () => {
        const { items } = (await intake.get('/v1/events?limit=1000')).body;
        const found = (items as { type: string; data: { messageId?: string } }[]).filter(
          ({ data }) => data.messageId === id,
        );
        return found.length > 0 && found;
      });
      expect(feed).toMatchObject([{ type: 'concordat.request-refused.v1', data: { problem: { code } } }]);
    },
  );

  it.each<
    [
      string,
      (good: ReturnType<typeof submission>) => {
        key: string | null;
        headers: Record<string, string>;
        value: Buffer | null;
      },
      string,
    ]
  >([
    ['bad JSON', (good) => ({ ...good, value: Buffer.from('{"type":') }), 'malformed-json'],
    ['no value', (good) => ({ ...good, value: null }), 'malformed-json'],
    [
      'bytes that are not UTF-8',
      (good) => ({ ...good, value: Buffer.from([0x22, 0xff, 0x22]) }),
      'malformed-json',
    ],
    ['nearly a megabyte', (good) => ({ ...good, value: Buffer.alloc(900_000, 0x20) }), 'too-large'],
    ['deep nesting', (good) => ({ ...good, value: Buffer.from('['.repeat(100_000)) }), 'too-deep'],
    [
      '__proto__',
      (good) => ({ ...good, value: Buffer.from('{"__proto__":{"admin":true}}') }),
      'invalid-request',
    ],
    ['NUL as a byte', (good) => ({ ...good, value: Buffer.from('{"type":\0}') }), 'malformed-json'],
    [
      'NUL in a text',
      (good) => ({ ...good, value: Buffer.from('{"reference":"a\\u0000"}') }),
      'invalid-request',
    ],
    [
      'no CloudEvents version',
      (good) => ({ ...good, headers: { ce_id: good.headers['ce_id'] as string } }),
      'invalid-request',
    ],
  ])(
    'keeps %s with its bytes and reason, answers, and accepts the next good one',
    async (_, poison, code) => {
      const good = submission(repair());
      const message = poison(good);
      await publish([message]);
      await nextGoodOneIsTaken();
      const id = good.headers['ce_id'] as string;
      const refusal = await eventually(async () => (await kept(id))[0], { says: 'the kept poison' });
      expect(refusal).toMatchObject({ code, bytes: message.value === null ? null : message.value.length });
      const answer = await eventually(async () => (await answersOnTopic(id))[0], { says: 'the answer' });
      expect(answer.value).toMatchObject({ refusalId: refusal.id, problem: { code } });
    },
  );

  it('answers a message with more faults than an answer can hold, and the messages after it', async () => {
    const [id, next] = [newId(), newId()];
    const fields = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`f${n}`, 0]));
    await publish([
      submission(repair({ payload: fields }), { id }),
      submission(repair({ type: 'horse-repair' }), { id: next }),
    ]);
    for (const [messageId, code] of [
      [id, 'invalid-payload'],
      [next, 'unknown-type'],
    ] as const) {
      const answer = await eventually(async () => (await answersOnTopic(messageId))[0], {
        says: `the answer ${code}`,
      });
      expect(answer.value).toMatchObject({ problem: { code } });
    }
  });

  it('refuses a batch of very long lists, and serves another force meanwhile', async () => {
    const long = {
      type: 'certificate-grant',
      reference: 'R',
      payload: { referees: Array.from({ length: 80_000 }, () => ({})) },
    };
    const messages = Array.from({ length: 16 }, (_, n) => submission({ ...long, reference: `LONG-${n}` }));
    // Three of them fit into the largest batch of the broker.
    const parts = Array.from({ length: 6 }, (_, n) => messages.slice(3 * n, 3 * n + 3));
    const publishing = Promise.all(parts.map(publish));
    // The other force is served while the batch is read: none of its calls waits for the whole batch.
    const others: Promise<Answer>[] = [];
    for (let n = 0; n < 20; n += 1) others.push(intake.get('/v1/requests?limit=1', intake.other));
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual(others.map(() => 200));
    await publishing;
    await nextGoodOneIsTaken();
    for (const { headers } of messages) {
      const refusal = await eventually(async () => (await kept(headers['ce_id'] as string))[0], {
        says: 'the refusal of a long list',
      });
      expect(refusal).toMatchObject({ code: 'invalid-payload' });
    }
  });

  it('carries a refused message id only once into the feed, though intake reads its own answer back', async () => {
    const { items } = (await intake.get('/v1/events?limit=1000')).body;
    const ids = (items as { id: string }[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('locks the requests of a batch in the order of their ids, as a batch of unit events does', async () => {
    const submitted = await Promise.all([repair(), repair()].map((body) => intake.submit(body)));
    const [first, second] = submitted.map(({ body }) => String(body['id'])).sort() as [string, string];
    const about = (requestId: string) =>
      submission({ requestId, message: 'Bay 4.' }, { type: 'concordat.add-information.v1' });
    await intake.own.transaction([intake.force], async (client) => {
      const lock = (id: string) =>
        client.query('select from progress where request_id = $1 for update nowait', [id]);
      await lock(first);
      await publish([about(second), about(first)]);
      const waiting = `select pid from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      await eventually(async () => (await intake.rows(waiting)).length > 0, { says: 'the waiting batch' });
      // The batch waits for the first request and has not locked the second.
      await lock(second);
    });
    await eventually(async () => {
      const kinds = await intake.rows(
        'select kind from change_of_mind where request_id = any ($1)',
        undefined,
        [[first, second]],
      );
      return kinds.length === 2;
    });
  });
});
