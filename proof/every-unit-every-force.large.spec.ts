import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing';
import { loadUnitDefinitions, type RequestType, type UnitDefinition } from '#unit';
import { Agreement } from './outside/agreement.ts';
import { ForceSide, type EventSeen, type RequestSeen } from './outside/force-side.ts';
import { RunningSystem } from './outside/running-system.ts';
import { personalTextsOf, secretsOf, findGuardedInLogs } from './logs/secrets-in-logs.ts';
import { StaffSide } from './outside/staff-side.ts';

const system = new RunningSystem();
const definitions = new Map(
  (await loadUnitDefinitions(system.units)).map((definition) => [definition.slug, definition]),
);
const sides = new Map(system.forces.map((force) => [force, new ForceSide(force, system)]));
const doors = ['REST', 'Kafka'] as const;
const journeys = system.units.flatMap((unit) =>
  system.forces.flatMap((force) => doors.map((door) => ({ unit, force, door }))),
);

/** Requests that these tests finished, with their force. Later tests look for them in every other way. */
const done: { force: string; request: RequestSeen }[] = [];
let since = '';
const feedStarts = new Map<string, string>();

const sideOf = (force: string): ForceSide => sides.get(force) as ForceSide;
const typesOf = (unit: string): readonly RequestType[] =>
  (definitions.get(unit) as UnitDefinition).requestTypes;
const exampleOf = (
  type: RequestType,
): { payload: Record<string, unknown>; answer: Record<string, unknown> } => {
  const [example] = type.examples;
  if (!example) throw new Error(`${type.name} has no example`);
  return example;
};

/** Submits the type's first example and returns the request when the unit has it in its queue. */
async function submitExample(
  force: string,
  door: (typeof doors)[number],
  type: RequestType,
): Promise<RequestSeen> {
  const side = sideOf(force);
  const submission = {
    type: type.name,
    reference: `proof-${randomUUID()}`,
    payload: exampleOf(type).payload,
  };
  if (door === 'REST') expect(await side.submit(submission)).toMatchObject({ status: 201 });
  else await side.submitByKafka(submission);
  return untilState(force, submission.reference, 'queued');
}

function untilState(force: string, reference: string, state: string): Promise<RequestSeen> {
  const seen = async (): Promise<RequestSeen | undefined> => {
    const request = await sideOf(force).find(reference);
    return request?.state === state ? request : undefined;
  };
  return eventually(seen, { says: `the state ${state} of ${reference} for ${force}` });
}

beforeAll(async () => {
  await system.untilReady();
  since = new Date(Date.now() - 1_000).toISOString();
  for (const [force, side] of sides) feedStarts.set(force, await side.readFeedEnd());
});
afterAll(async () => {
  await Promise.all([...sides.values()].map((side) => side.close()));
  system.close();
});

describe('the path of a request, through every unit for every force, over REST and Kafka', () => {
  it.each(journeys)(
    '$force over $door to $unit: every type is queued, claimed and answered, and the force sees the answer',
    async ({ unit, force, door }) => {
      const desk = new StaffSide(unit, system);
      for (const type of typesOf(unit)) {
        const request = await submitExample(force, door, type);
        const { answer } = exampleOf(type);
        await desk.answer(await desk.claim(request.id), type, answer);
        const seen = await untilState(force, request.reference, 'answered');
        expect(seen).toMatchObject({ id: request.id, unit, payload: exampleOf(type).payload, answer });
        expect(await sideOf(force).read(request.id)).toEqual(seen);
        done.push({ force, request: seen });
      }
    },
  );

  it('brings each force its own events in its feed, once and in order, and no others', async () => {
    // The feed also has the event of the force's own submission.
    for (const [force, side] of sides)
      expectOwnStories(force, await side.readFeed(feedStarts.get(force)), 'exactly once', [
        'request-submitted',
      ]);
  });

  it('brings each force the same events on its own Kafka topic', async () => {
    for (const [force, side] of sides)
      expectOwnStories(force, await side.readEventsTopic(), 'at least once', []);
  });

  it('hides each request from the other forces, when read by id, listed or searched by reference', async () => {
    for (const other of sides.values()) {
      const listed = new Set((await other.list(since)).map(({ id }) => id));
      for (const { force, request } of done.filter((one) => one.force !== other.force)) {
        expect((await other.get(`/v1/requests/${request.id}`)).status).toBe(404);
        expect([force, listed.has(request.id)]).toEqual([force, false]);
        expect(await other.find(request.reference)).toBeUndefined();
      }
    }
  });
});

/** Checks that the events of each finished request are complete, and that none belongs to another force. */
function expectOwnStories(
  force: string,
  events: readonly EventSeen[],
  how: 'exactly once' | 'at least once',
  before: readonly string[],
): void {
  const stories = new Map<string, string[]>();
  const ids = new Set<string>();
  for (const { id, type, requestId } of events) {
    if (ids.has(id)) {
      if (how === 'exactly once') throw new Error(`the event ${id} appears twice`);
      continue;
    }
    ids.add(id);
    stories.set(requestId ?? '', [
      ...(stories.get(requestId ?? '') ?? []),
      type.replace(/^concordat\.|\.v1$/g, ''),
    ]);
  }
  for (const { force: owner, request } of done) {
    const story = stories.get(request.id);
    if (owner !== force) expect(story).toBeUndefined();
    else expect([ONE_PERSON, SECOND_PERSON].map((after) => [...before, ...after])).toContainEqual(story);
  }
}

const ONE_PERSON = ['request-queued', 'request-claimed', 'request-answered'];
const SECOND_PERSON = ['request-queued', 'request-claimed', 'decision-proposed', 'request-answered'];

describe('questions, holds and declined requests', () => {
  const unit = system.units[0] as string;
  const [type] = typesOf(unit) as [RequestType];
  const desk = new StaffSide(unit, system);

  it.each(doors)('staff ask, the force replies over %s, and the same person continues', async (door) => {
    const force = system.forces[0] as string;
    const request = await submitExample(force, door, type);
    await desk.act('caseworker', await desk.claim(request.id), 'ask', { question: 'Which bay is it in?' });
    expect(await untilState(force, request.reference, 'waiting-for-force')).toMatchObject({
      question: 'Which bay is it in?',
    });
    if (door === 'REST')
      expect(
        (await sideOf(force).post(`/v1/requests/${request.id}/replies`, { message: 'Bay 4.' })).status,
      ).toBe(202);
    else
      await sideOf(force).publish(
        'concordat.reply-to-question.v1',
        { requestId: request.id, message: 'Bay 4.' },
        request.id,
      );
    expect(await untilState(force, request.reference, 'claimed')).toMatchObject({ question: null });
    const task = await desk.read(request.id);
    expect(task).toMatchObject({ state: 'claimed', assignee: `${unit}.caseworker` });
    expect(task.notes).toContainEqual(expect.objectContaining({ kind: 'reply', text: 'Bay 4.' }));
    await desk.answer(task, type, exampleOf(type).answer);
    await untilState(force, request.reference, 'answered');
  });

  it('a reply from another force is refused, over REST and Kafka', async () => {
    const [force, other] = system.forces as [string, string];
    const request = await submitExample(force, 'REST', type);
    const task = await desk.act('caseworker', await desk.claim(request.id), 'ask', {
      question: 'Which bay?',
    });
    await untilState(force, request.reference, 'waiting-for-force');
    expect(
      (await sideOf(other).post(`/v1/requests/${request.id}/replies`, { message: 'Scrap it.' })).status,
    ).toBe(404);
    const messageId = randomUUID();
    await sideOf(other).publish(
      'concordat.reply-to-question.v1',
      { requestId: request.id, message: 'Scrap it.' },
      request.id,
      messageId,
    );
    expect((await refusalOf(other, messageId)).code).toBe('not-found');
    expect(await desk.read(request.id)).toMatchObject({ state: 'waiting-for-force', version: task.version });
  });

  it('the force sees that its request is held, with the reason, and later resumed', async () => {
    const force = system.forces[1] as string;
    const request = await submitExample(force, 'REST', type);
    const held = await desk.act('caseworker', await desk.claim(request.id), 'hold', {
      reason: 'Waiting for a part.',
    });
    expect(await untilState(force, request.reference, 'held')).toMatchObject({
      reason: 'Waiting for a part.',
    });
    await desk.act('caseworker', held, 'resume');
    await untilState(force, request.reference, 'claimed');
  });

  it('the force sees where a declined request belongs', async () => {
    const force = system.forces[2] as string;
    const request = await submitExample(force, 'Kafka', type);
    const belongsTo = 'estates and facilities';
    await desk.act('caseworker', await desk.claim(request.id), 'decline', {
      reason: 'This is a gate, not a vehicle.',
      belongsTo,
    });
    expect(await untilState(force, request.reference, 'declined')).toMatchObject({
      reason: 'This is a gate, not a vehicle.',
      belongsTo,
    });
  });
});

describe('requests that are never accepted', () => {
  const neverShared = [
    'incident-response',
    'neighbourhood-policing',
    'volume-crime-investigation',
    'protecting-vulnerable-people',
  ];

  it.each(neverShared)('%s is refused by its name over REST', async (type) => {
    for (const [force, side] of sides) {
      const { status, body } = await side.submit({ type, reference: `proof-${randomUUID()}`, payload: {} });
      expect([status, body]).toEqual([403, expect.objectContaining({ code: 'never-shared', keptBy: force })]);
      expect((body as { detail: string }).detail.toLowerCase()).toContain(force);
    }
  });

  it.each(neverShared)(
    '%s is refused by its name over Kafka, on the events topic, and kept',
    async (type) => {
      const force = system.forces[0] as string;
      const messageId = randomUUID();
      const reference = `proof-${randomUUID()}`;
      await sideOf(force).submitByKafka({ type, reference, payload: {} }, messageId);
      expect(await refusalOf(force, messageId)).toMatchObject({ code: 'never-shared', reference });
      const refused = await eventually(
        async () =>
          (await sideOf(force).readEventsTopic()).find(({ data }) => data['messageId'] === messageId),
        {
          says: 'the refusal on the events topic',
        },
      );
      expect(refused).toMatchObject({
        type: 'concordat.request-refused.v1',
        data: { problem: { code: 'never-shared', status: 403 } },
      });
    },
  );

  it('a request is refused when its agreement is suspended, and accepted when it is live again', async () => {
    const unit = system.units[2] as string;
    const [type] = typesOf(unit) as [RequestType];
    const [force] = system.forces as [string];
    const sent = () => ({
      type: type.name,
      reference: `proof-${randomUUID()}`,
      payload: exampleOf(type).payload,
    });
    const agreement = await Agreement.load(unit, system);
    await agreement.publish('suspended');
    try {
      const refused = await eventually(
        async () => {
          const answer = await sideOf(force).submit(sent());
          return answer.status === 403 ? answer : undefined;
        },
        { says: 'a refusal after the suspension' },
      );
      expect(refused.body).toMatchObject({ code: 'no-agreement' });
      const messageId = randomUUID();
      await sideOf(force).submitByKafka(sent(), messageId);
      expect(await refusalOf(force, messageId)).toMatchObject({ code: 'no-agreement' });
      const elsewhere = typesOf(system.units[0] as string)[0] as RequestType;
      expect(
        (
          await sideOf(force).submit({
            ...sent(),
            type: elsewhere.name,
            payload: exampleOf(elsewhere).payload,
          })
        ).status,
      ).toBe(201);
    } finally {
      await agreement.publish('live');
    }
    await eventually(async () => (await sideOf(force).submit(sent())).status === 201, {
      says: 'a 201 under the live agreement',
    });
  });

  it('a request type that no unit handles is refused', async () => {
    const side = sideOf(system.forces[0] as string);
    const { status, body } = await side.submit({
      type: 'dog-walking',
      reference: `proof-${randomUUID()}`,
      payload: {},
    });
    expect([status, body]).toEqual([422, expect.objectContaining({ code: 'unknown-type' })]);
  });
});

describe('the logs of all these tests', () => {
  it('contain no secret of the deployment and no personal data of a request', async () => {
    const force = system.forces[0] as string;
    const [type] = typesOf(system.units[0] as string) as [RequestType];
    // A refused request is likely to be logged, so this one has an unknown field beside personal data.
    const reference = `proof-${randomUUID()}`;
    expect(
      (
        await sideOf(force).submit({
          type: type.name,
          reference,
          payload: { ...exampleOf(type).payload, unknown: 1 },
        })
      ).status,
    ).toBe(422);
    const run = system.run();
    const guarded = new Map([...secretsOf(run), ...personalTextsOf([...definitions.values()])]);
    expect(guarded.size).toBeGreaterThan(20);
    const { found, lines } = findGuardedInLogs(run, guarded);
    expect(found).toEqual([]);
    expect(lines).toBeGreaterThan(50);
  });
});

function refusalOf(force: string, messageId: string) {
  const kept = async () =>
    (await sideOf(force).listRefusals()).find((refusal) => refusal.messageId === messageId);
  return eventually(kept, { says: `the refusal of ${messageId} kept for ${force}` });
}
