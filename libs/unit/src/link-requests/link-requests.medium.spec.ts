import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, RunningUnit, type StaffMember } from '#testing';
import type { RequestType } from '../unit-definition.ts';

const [move, , seizure] = deskMoves.requestTypes as [RequestType, RequestType, RequestType];

describe('a link between requests', () => {
  let unit: RunningUnit;
  let caseworker: StaffMember;
  beforeAll(async () => {
    unit = await RunningUnit.start(deskMoves);
    caseworker = await unit.staff('caseworker');
  }, 60_000);
  afterAll(() => unit?.stop(), 60_000);

  const [north, south] = [0, 1] as const;
  const submit = (force: 0 | 1 = north, type = move): Promise<string> =>
    unit.submit({ force: unit.forces[force], type });
  const link = (from: string, to: string, kind = 'same-incident') =>
    caseworker.post(`/v1/requests/${from}/links`, { to, kind });
  const linksOf = async (id: string) => (await caseworker.read(id)).links;

  it('is shown with both requests, in its direction, and once', async () => {
    const [duplicate, original] = [await submit(), await submit()];
    const { unitReference } = await caseworker.read(original);
    expect((await link(duplicate, unitReference.toLowerCase(), 'duplicate-of')).status).toBe(201);
    expect((await link(duplicate, original, 'duplicate-of')).status).toBe(201);
    expect(await linksOf(duplicate)).toMatchObject([
      {
        kind: 'duplicate-of',
        outgoing: true,
        reference: unitReference,
        subject: 'B12 · 2 desks',
        state: 'queued',
      },
    ]);
    expect(await linksOf(original)).toMatchObject([{ kind: 'duplicate-of', outgoing: false }]);
  });

  it('is removed from either side, and may come again', async () => {
    const [first, second] = [await submit(), await submit()];
    await link(first, second);
    const [{ id } = { id: '' }] = await linksOf(second);
    const removed = await caseworker.delete(`/v1/requests/${second}/links/${id}`);
    expect([removed.status, removed.body]).toEqual([200, { items: [] }]);
    expect(await linksOf(first)).toEqual([]);
    expect((await caseworker.delete(`/v1/requests/${second}/links/${id}`)).status).toBe(404);
    expect((await link(first, second)).status).toBe(201);
    expect(await linksOf(first)).toHaveLength(1);
  });

  it('joins only requests of one force, and says no more about others than about none', async () => {
    const [ours, theirs] = [await submit(north), await submit(south)];
    const answers = await Promise.all(
      [theirs, 'DSK-26-999999', ours, 'nonsense'].map(async (to) => link(ours, to)),
    );
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(new Set(answers.map(({ body }) => body['detail'])).size).toBe(1);
    const oneForce = await unit.staff('caseworker', { forces: [unit.forces[north]] });
    expect((await oneForce.post(`/v1/requests/${theirs}/links`, { to: ours, kind: 'follows' })).status).toBe(
      404,
    );
  });

  it('of law-enforcement records is a combination in the access log, of others is not', async () => {
    const [first, second, plain] = [
      await submit(north, seizure),
      await submit(north, seizure),
      await submit(),
    ];
    await link(first, second);
    await link(plain, first);
    const logged = (await unit.rows(
      `select request_id as id from access_log where operation = 'combination' and request_id = any ($1)`,
      [[first, second, plain]],
    )) as { id: string }[];
    expect(logged.map(({ id }) => id).sort()).toEqual([first, first, second].sort());
  });

  it('is made by people who work on requests, not by those who read', async () => {
    const [first, second] = [await submit(), await submit()];
    const auditor = await unit.staff('auditor');
    expect((await auditor.post(`/v1/requests/${first}/links`, { to: second, kind: 'follows' })).status).toBe(
      403,
    );
    expect((await link(first, second, 'cousin-of')).status).toBe(400);
  });
});
