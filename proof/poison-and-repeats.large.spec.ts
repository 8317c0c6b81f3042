import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { encodeEnvelope, type WireMessage } from '#contracts';
import { eventually } from '#testing';
import { loadUnitDefinitions, type RequestType } from '#unit';
import { ForceSide, type RequestSeen, type Submission } from './outside/force-side.ts';
import { randomFrom, seedOfThisRun, shuffle } from './trial/random.ts';
import { RunningSystem } from './outside/running-system.ts';
import { StaffSide } from './outside/staff-side.ts';

const system = new RunningSystem();
const seed = seedOfThisRun();
const [force, other] = system.forces as [string, string];
const side = new ForceSide(force, system);
const [definition] = await loadUnitDefinitions(system.units);
const unit = definition?.slug ?? '';
const type = definition?.requestTypes[0] as RequestType;
const [example] = type.examples as [RequestType['examples'][number]];
const desk = new StaffSide(unit, system);
const submission = (): Submission => ({
  type: type.name,
  reference: `proof-${randomUUID()}`,
  payload: example.payload,
});
const changed = (sent: Submission): Submission => ({
  ...sent,
  payload: { ...sent.payload, description: 'Something else altogether.' },
});

afterAll(async () => {
  await side.close();
  system.close();
});

const untilState = (reference: string, state: string): Promise<RequestSeen> =>
  eventually(
    async () => {
      const request = await side.find(reference);
      return request?.state === state ? request : undefined;
    },
    { says: `${reference} ${state}` },
  );
const refusalOf = (messageId: string) =>
  eventually(async () => (await side.listRefusals()).find((refusal) => refusal.messageId === messageId), {
    says: `the refusal of ${messageId}`,
  });

async function answerRequest(reference: string): Promise<RequestSeen> {
  const { id } = await untilState(reference, 'queued');
  await desk.answer(await desk.claim(id), type, example.answer);
  return untilState(reference, 'answered');
}

describe('a repeated submission', () => {
  it(`has one effect when sent five times over REST and Kafka in random order (PROOF_SEED=${seed})`, async () => {
    const random = randomFrom(seed);
    const arrivedBefore = (await desk.counts())[force]?.['arrived'] ?? 0;
    const sent = Array.from({ length: 24 }, submission);
    const copies = shuffle(
      random,
      sent.flatMap((one) => Array.from({ length: 5 }, (_, copy) => ({ one, copy }))),
    );
    const ids = new Map<string, Set<string>>();
    await Promise.all(
      copies.map(async ({ one, copy }) => {
        // Three go over REST with one key, one with another key, and one over Kafka. All are the same
        // request.
        if (copy === 4) return side.submitByKafka(one, `${one.reference}-message`);
        const answer = await side.submit(one, copy === 3 ? randomUUID() : one.reference);
        expect([200, 201]).toContain(answer.status);
        ids.set(one.reference, (ids.get(one.reference) ?? new Set()).add((answer.body as { id: string }).id));
      }),
    );
    for (const { reference } of sent) {
      const request = await untilState(reference, 'queued');
      expect([...(ids.get(reference) ?? [])]).toEqual([request.id]);
    }
    // These come after all others, so here it is certain that they are repeats.
    for (const one of sent) await side.submitByKafka(one, `${one.reference}-message`);
    const last = submission();
    for (let copy = 0; copy < 5; copy += 1) await side.submitByKafka(last, `${last.reference}-message`);
    await untilState(last.reference, 'queued');
    expect((await desk.counts())[force]?.['arrived']).toBe(arrivedBefore + sent.length + 1);
  });

  it('is refused and kept when the same reference has different content, and the first request is unchanged', async () => {
    const sent = submission();
    const { body } = await side.submit(sent);
    const { id } = body as { id: string };
    const key = randomUUID();
    expect(await side.submit(changed(sent), key)).toMatchObject({
      status: 409,
      body: { code: 'reference-conflict', existing: { id } },
    });
    expect(await refusalOf(key)).toMatchObject({
      code: 'reference-conflict',
      reference: sent.reference,
      body: changed(sent),
    });
    const messageId = randomUUID();
    await side.submitByKafka(changed(sent), messageId);
    expect(await refusalOf(messageId)).toMatchObject({
      code: 'reference-conflict',
      reference: sent.reference,
      body: changed(sent),
    });
    expect(await side.read(id)).toMatchObject({ payload: sent.payload });
    expect((await answerRequest(sent.reference)).id).toBe(id);
  });

  it('is refused when the same key or message id has a different body, and the first request is unchanged', async () => {
    const sent = submission();
    const key = randomUUID();
    expect((await side.submit(sent, key)).status).toBe(201);
    expect(await side.submit({ ...submission() }, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
    const byKafka = submission();
    const messageId = randomUUID();
    await side.submitByKafka(byKafka, messageId);
    await untilState(byKafka.reference, 'queued');
    await side.submitByKafka(submission(), messageId);
    expect(await refusalOf(messageId)).toMatchObject({ code: 'idempotency-key-reused' });
    expect(await side.find(byKafka.reference)).toMatchObject({ payload: byKafka.payload });
    await answerRequest(sent.reference);
  });
});

const MEGABYTE = 1_000_000;
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const withPayload = (payload: string): string =>
  `{"type":"${type.name}","reference":"proof-${randomUUID()}","payload":${payload}}`;

/** Bad messages, each with the code of its refusal. */
const poison: { what: string; value: Buffer | null; code: string; type?: string }[] = [
  { what: 'bytes that are not JSON', value: Buffer.from('{"type": "vehicle-'), code: 'malformed-json' },
  { what: 'no value at all', value: null, code: 'malformed-json' },
  { what: 'the JSON null', value: Buffer.from('null'), code: 'invalid-request' },
  {
    what: 'a megabyte',
    value: Buffer.from(withPayload(`{"description":"${'x'.repeat(MEGABYTE)}"}`)),
    code: 'too-large',
  },
  {
    what: 'a type that no unit handles',
    value: Buffer.from(withPayload('{}').replace(type.name, 'dog-walking')),
    code: 'unknown-type',
  },
  {
    what: 'a message of an unknown kind',
    value: Buffer.from('{}'),
    code: 'invalid-request',
    type: 'concordat.something-else.v9',
  },
  {
    what: 'nesting of 100,000 levels',
    value: Buffer.from(withPayload(`{"description":${deep(100_000)}}`)),
    code: 'too-deep',
  },
  {
    what: 'a field called __proto__',
    value: Buffer.from(withPayload('{"__proto__":{"admin":true}}')),
    code: 'invalid-request',
  },
  { what: 'bytes that are not UTF-8', value: Buffer.from([0x22, 0xc3, 0x28, 0x22]), code: 'malformed-json' },
  {
    what: 'text that PostgreSQL cannot store',
    value: Buffer.from(withPayload('{"description":"\\u0000"}')),
    code: 'invalid-request',
  },
];

describe('a bad message on a force’s requests topic', () => {
  it.each(poison)(
    '$what: it is refused as $code on the events topic and kept, and the next good message is answered',
    async (one) => {
      const messageId = randomUUID();
      const envelope = {
        id: messageId,
        source: `/force/${force}`,
        time: new Date().toISOString(),
        value: {},
      };
      const { headers } = encodeEnvelope({ ...envelope, type: one.type ?? 'concordat.submit-request.v1' });
      const good = submission();
      // Both messages have the same key and so the same partition, so the good one comes after the bad one.
      const next = encodeEnvelope(
        { ...envelope, id: randomUUID(), type: 'concordat.submit-request.v1', value: good },
        'poison',
      );
      const poisoned: WireMessage = { key: 'poison', headers, value: one.value };
      await side.publishRaw([poisoned]);
      await side.publishRaw([next]);
      await answerRequest(good.reference);
      expect(await refusalOf(messageId)).toMatchObject({ code: one.code });
      const refusalEvent = async () =>
        (await side.readEventsTopic()).find(({ data }) => data['messageId'] === messageId);
      expect(await eventually(refusalEvent, { says: 'the refusal on the events topic' })).toMatchObject({
        type: 'concordat.request-refused.v1',
        data: { problem: { code: one.code } },
      });
    },
  );

  it('is refused and kept even without headers, and the next good message is answered', async () => {
    const before = (await side.listRefusals()).length;
    const good = submission();
    await side.publishRaw([{ key: 'poison', headers: {}, value: Buffer.from('{}') }]);
    await side.submitByKafka(good);
    await answerRequest(good.reference);
    await eventually(async () => (await side.listRefusals()).length > before, { says: 'one more refusal' });
  });

  it('delays no other force', async () => {
    const neighbour = new ForceSide(other, system);
    try {
      const good = submission();
      await side.publishRaw(
        Array.from({ length: 50 }, () => ({ key: null, headers: {}, value: Buffer.from('poison') })),
      );
      await neighbour.submitByKafka(good);
      await eventually(async () => (await neighbour.find(good.reference))?.state === 'queued', {
        withinMs: 10_000,
        says: 'the other force’s request',
      });
    } finally {
      await neighbour.close();
    }
  });
});

describe('a bad message over REST', () => {
  it.each(poison.filter(({ value, type: kind }) => value !== null && kind === undefined))(
    '$what: it is refused, and the next good submission is accepted',
    async (one) => {
      const answer = await fetch(`${system.run().urls.intake}/v1/requests`, {
        method: 'POST',
        headers: {
          ...(await side.authorisation()),
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: new Uint8Array(one.value as Buffer),
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(await answer.json()).toMatchObject({ code: one.code });
      expect((await side.submit(submission())).status).toBe(201);
    },
  );
});
