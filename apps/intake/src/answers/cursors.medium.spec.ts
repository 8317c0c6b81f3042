import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, eventually, RunningUnit } from '#testing';
import { repair, startIntake, type IntakeUnderTest } from '../intake.fixture.ts';

const decoded = (cursor: unknown): string => Buffer.from(String(cursor), 'base64url').toString('latin1');
/** Makes a cursor in the old, unsealed format. */
const unsealed = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');
const AGAIN = 'To start from the beginning, leave the cursor out.';

describe('a cursor of intake', () => {
  let intake: IntakeUnderTest;
  beforeAll(async () => {
    intake = await startIntake({ kafka: false });
    await intake.agree({ participants: [intake.force, intake.other] });
    for (const force of [intake.force, intake.other]) {
      for (const reference of ['C-1', 'C-2', 'C-3']) {
        const { status } = await intake.submit(repair({ reference }), `key-of-${reference}`, force);
        expect(status).toBe(201);
        // The same key with another body gives one more refusal to page through.
        expect(
          (await intake.submit(repair({ reference: `${reference}x` }), `key-of-${reference}`, force)).status,
        ).toBe(422);
      }
    }
    // Lists end before the oldest open transaction, and other tests have theirs beside this one.
    const lengthOf = async (path: string, force: string): Promise<number> =>
      (await intake.get(path, force)).body['items'].length;
    for (const force of [intake.force, intake.other]) {
      for (const [path] of lists) await eventually(async () => (await lengthOf(path, force)) === 3);
    }
  });
  afterAll(() => intake?.stop());

  const lists = [
    ['/v1/events', 'after'],
    ['/v1/requests', 'cursor'],
    ['/v1/refusals', 'cursor'],
  ] as const;

  it.each(lists)('of %s continues after its page and does not show its place', async (path, parameter) => {
    const whole = (await intake.get(path)).body['items'] as { id: string }[];
    expect(whole).toHaveLength(3);
    const { body } = await intake.get(`${path}?limit=1`);
    const { body: rest } = await intake.get(`${path}?${parameter}=${String(body['next'])}`);
    expect((rest['items'] as { id: string }[]).map(({ id }) => id)).toEqual(
      whole.slice(1).map(({ id }) => id),
    );
    const given = [body['next'], ...whole.flatMap((item) => ('cursor' in item ? [item.cursor] : []))];
    const places = await intake.rows<{ xid: string; position: string }>(
      'select xid::text, position::text from event',
    );
    expect(places.length).toBeGreaterThan(0);
    for (const cursor of given) {
      for (const { xid, position } of places) expect(decoded(cursor)).not.toContain(`"${xid}","${position}"`);
      expect(() => JSON.parse(decoded(cursor)) as unknown).toThrow(SyntaxError);
    }
  });

  it.each(lists)('of %s is refused for another force, and for another list', async (path, parameter) => {
    const next = String((await intake.get(`${path}?limit=1`)).body['next']);
    const answers = [await intake.get(`${path}?${parameter}=${next}`, intake.other)];
    for (const [other, name] of lists)
      if (other !== path) answers.push(await intake.get(`${other}?${name}=${next}`));
    for (const { status, body } of answers) {
      expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'invalid-cursor' });
      expect(body['detail']).toContain('This cursor is not from this list.');
      expect(body['detail']).toContain(AGAIN);
    }
  });

  it.each([
    ['/v1/events', 'after', ['812', '4711']],
    ['/v1/refusals', 'cursor', ['812', '4711']],
    ['/v1/requests', 'cursor', [1_772_000_000_000, '01990000-0000-7000-8000-000000000000']],
  ])('of %s in the old, unsealed format is refused with an explanation', async (path, parameter, place) => {
    const { status, body } = await intake.get(`${path}?${parameter}=${unsealed(place)}`);
    expect({ status, code: body['code'], detail: body['detail'] }).toEqual({
      status: 400,
      code: 'invalid-cursor',
      detail: `This cursor has an old format that is no longer accepted. ${AGAIN}`,
    });
  });
});

describe('a cursor of a unit', () => {
  let unit: RunningUnit;
  beforeAll(async () => {
    unit = await RunningUnit.start(deskMoves);
    for (const force of unit.forces) await unit.submit({ force, type: deskMoves.requestTypes[0] as never });
  });
  afterAll(() => unit?.stop());

  const ids = (body: { groups: { items: { id: string }[] }[] }): string[] =>
    body.groups.flatMap(({ items }) => items.map(({ id }) => id));

  it('continues after its page of the queue, only for the person that received it', async () => {
    const [one, another] = [await unit.staff('caseworker'), await unit.staff('supervisor')];
    const { body } = await one.get('/v1/queue?limit=2');
    const next = String(body.next);
    expect(() => JSON.parse(decoded(next)) as unknown).toThrow(SyntaxError);
    const rest = await one.get(`/v1/queue?limit=2&cursor=${next}`);
    expect([...ids(body), ...ids(rest.body)]).toEqual(ids((await one.get('/v1/queue')).body));
    expect(rest.body.next).toBeUndefined();
    const refused = await another.get(`/v1/queue?cursor=${next}`);
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'invalid-cursor', detail: expect.stringContaining(AGAIN) },
    });
  });

  it('in the old, unsealed format is refused with an explanation', async () => {
    const worker = await unit.staff('caseworker');
    const kept = await worker.get(`/v1/queue?cursor=${unsealed(['2026-03-02T09:00:00.000Z', 4, '17'])}`);
    expect(kept).toMatchObject({
      status: 400,
      body: { code: 'invalid-cursor', detail: expect.stringContaining('an old format') },
    });
  });
});
