import { describe, expect, it } from '@jest/globals';
import { PayloadCheck, schemaOf, type Schema } from '#contracts';
import { newId } from '#kernel';
import { arriveBatch, payloadFaults, type RequestType } from '#unit';
import { extremesOf } from '#testing';
import { startBothSides, type BothSides } from '../force-messages/both-sides.fixture.ts';

type Payload = Record<string, unknown>;

const LONGEST = '\u{1F693}'.repeat(4000);
/** One call at a time would leave intake idle, and more than this would wait for its connections. */
const AT_ONCE = 16;
const UNITS = ['fleet', 'estates', 'legal', 'firearms-licensing', 'crime-recording'];

describe.each(UNITS)('whatever the published schemas of %s accept', (slug) => {
  it('is queued and answered by the unit, and each event reaches its force: at the extremes of every field', async () => {
    const both = await startBothSides(slug);
    try {
      for (const type of both.definition.requestTypes) await exchange(both, type);
      expect(await both.unitSide.rows('select topic, problem from dead_letter')).toEqual([]);
      expect(await both.intake.rows('select topic, problem from dead_letter')).toEqual([]);
    } finally {
      await both.stop();
    }
    // Some hundred requests, each up to its answer, take longer on a busy machine.
  }, 180_000);
});

async function exchange(both: BothSides, type: RequestType): Promise<void> {
  const payloads = type.examples.flatMap(({ payload }) => [
    payload,
    ...extremesOf(schemaOf(type.payload), payload),
  ]);
  const accepted = await submitAll(both, type, payloads);
  expect(accepted.length).toBeGreaterThan(type.examples.length);
  await correctAll(both, type, payloads);

  const [informed] = accepted as [string];
  expect(await change(both, informed, 'information', { message: LONGEST })).toEqual([]);
  await handOver(both, 1);
  expect((await both.settled(informed))['changes']).toMatchObject([{ state: 'done' }]);
  await answerAll(both, type);
}

/** Corrects each correctable field to each of its extremes, each in its own request. */
async function correctAll(both: BothSides, type: RequestType, payloads: readonly Payload[]): Promise<void> {
  const { payload: example } = type.examples[0] as { payload: Payload };
  const fields = Object.entries(schemaOf(type.payload)['properties'] as Record<string, Schema>);
  const correctable = fields
    .filter(([, field]) => field['x-correctable'] !== undefined)
    .map(([name]) => name);
  const values = correctable.flatMap((name) =>
    payloads.map(({ [name]: value }) => ({ [name]: value ?? null })),
  );
  const corrections = new Map(values.map((one) => [JSON.stringify({ ...example, ...one }), one]));
  corrections.delete(JSON.stringify(example));
  const ids = await submitAll(
    both,
    type,
    [...corrections].map(() => example),
  );
  const wanted = [...corrections.values()].map((payload) => ({ payload, id: ids.pop() as string }));
  const asked = await inGroups(wanted, async ({ payload, id }) => {
    const codes = await change(both, id, 'corrections', { payload, reason: LONGEST });
    const { [Object.keys(payload)[0] as string]: only } = payload;
    if (codes.length > 0 && only !== null)
      expect(codes.filter((code) => code !== 'promise' && !isRule(type, code))).toEqual([]);
    return codes.length === 0 ? [id] : [];
  });
  await handOver(both, asked.flat().length);
  await inGroups(asked.flat(), async (id) =>
    expect((await both.settled(id))['changes']).toMatchObject([{ state: 'done' }]),
  );
}

/** Answers each request at the extremes of its fields; an accepted answer reaches the force unchanged. */
async function answerAll(both: BothSides, type: RequestType): Promise<void> {
  const answers = type.examples.flatMap(({ payload, answer }) =>
    [answer, ...extremesOf(schemaOf(type.answer), answer)].map((one) => ({ payload, answer: one })),
  );
  const ids = await submitAll(
    both,
    type,
    answers.map(({ payload }) => payload),
  );
  const answered: string[] = [];
  for (const [n, { answer }] of answers.entries()) {
    const id = ids[n] as string;
    expect(await both.staff('claim', id, 1)).toBe('claimed');
    const outcome = await both.staff('answer', id, 2, { answer });
    // A rule of the unit may refuse a value that the schema accepts; nothing else may happen.
    expect(['answered', 'invalid-payload']).toContain(outcome);
    if (outcome === 'answered') answered.push(id);
  }
  expect(answered.length).toBeGreaterThan(0);
  await both.tellForce();
  await inGroups(answered, (id) => both.inState(id, 'answered'));
}

/**
 * True if a rule of the type refuses with this code: a rule over several fields, or about the order of dates.
 */
function isRule({ rules = [] }: RequestType, refusedWith: string): boolean {
  return (
    rules.some(({ code }) => code === refusedWith) || /HasHappened$|IsNotBefore|IsNotAfter/.test(refusedWith)
  );
}

/**
 * Submits all, and returns the ids of the accepted ones once their force sees them queued. Only a rule may
 * refuse one.
 */
async function submitAll(
  both: BothSides,
  type: RequestType,
  payloads: readonly Payload[],
): Promise<string[]> {
  const schemaAccepts = new PayloadCheck(type.payload);
  const submitted = await inGroups(payloads, async (payload) => {
    expect(schemaAccepts.faults(payload)).toEqual([]);
    const { status, body } = await both.intake.submit({
      type: type.name,
      reference: `X-${newId()}`,
      payload,
    });
    const broken = payloadFaults(type, schemaAccepts, payload).map(({ code }) => code);
    expect([payload, status, ((body['errors'] ?? []) as { code: string }[]).map(({ code }) => code)]).toEqual(
      [payload, broken.length === 0 ? 201 : 422, broken],
    );
    return status === 201 ? [String(body['id'])] : [];
  });
  const ids = submitted.flat();
  await handOver(both, ids.length);
  await inGroups(ids, (id) => both.inState(id, 'queued'));
  return ids;
}

/** Does the work for each item, a group at a time, and returns the results in the order of the items. */
async function inGroups<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let next = 0; next < items.length; next += AT_ONCE)
    results.push(...(await Promise.all(items.slice(next, next + AT_ONCE).map(work))));
  return results;
}

async function handOver(both: BothSides, count: number): Promise<void> {
  await arriveBatch(both.unitSide.unit, await both.fromIntake(count));
  await both.tellForce();
}

/**
 * Asks for a change, and returns the codes of the faults for which intake refuses it at once; none if it is
 * accepted.
 */
async function change(both: BothSides, id: string, what: string, body: object): Promise<string[]> {
  const { status, body: answered } = await both.intake.send('POST', `/v1/requests/${id}/${what}`, {
    body,
    key: newId(),
  });
  if (status === 202) return [];
  return ((answered['errors'] ?? [{ code: answered['code'] }]) as { code: string }[]).map(({ code }) => code);
}
