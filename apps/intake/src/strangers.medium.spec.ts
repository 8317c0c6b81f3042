import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { readEverywhere, routesOf, toldApart, triedByEverybody, type RouteCaller } from '#testing';
import { STAFF_ROLES } from '#web';
import { repair, startIntake, type IntakeUnderTest } from './intake.fixture.ts';

/** What anybody may read of intake without a token; everything else is a force's. */
const OPEN = /^\/(?:health\/(?:live|ready|startup)|schemas(?:\/.*)?|docs(?:\/.*)?|openapi\.json|asyncapi\.json)$/;

/** What each of these would take from the owner. */
const bodies = {
  'POST /v1/requests/:*/replies': { message: 'Bay four' },
  'POST /v1/requests/:*/withdraw': { reason: 'sold' },
  'PATCH /v1/webhooks/:*': { enabled: false },
  'POST /v1/webhooks/:*/redeliveries': { since: '2026-03-02T09:30:00Z' },
};

let intake: IntakeUnderTest;

beforeAll(async () => {
  intake = await startIntake({ kafka: false });
  await intake.agree();
});
afterAll(() => intake.stop());

describe('intake', () => {
  it('lets in at each of its routes exactly those whom the route names', async () => {
    const { app, identity, force, other } = intake;
    const staff = STAFF_ROLES.map(async (role): Promise<RouteCaller> => {
      const token = await identity.staffToken({ unit: 'fleet', role, forces: [force] });
      return { name: role, token, speaksAs: { role } };
    });
    const { tried, wrong } = await triedByEverybody(app, [
      { name: 'nobody', speaksAs: 'nobody' },
      { name: 'one force', token: await identity.forceToken(force), speaksAs: 'force' },
      { name: 'another force', token: await identity.forceToken(other), speaksAs: 'force' },
      ...(await Promise.all(staff)),
    ]);
    expect(wrong).toEqual([]);
    expect(tried).toBe(routesOf(app).length * 7);
    for (const { path, policy } of routesOf(app)) expect([path, policy?.kind]).toEqual([path, OPEN.test(path) ? 'open' : 'force']);
  });

  it('answers about what another force has as about what never was, at every address and in every list', async () => {
    const { app, identity, other } = intake;
    const token = await identity.forceToken(other);
    const before = await readEverywhere(app, token);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['/v1/requests', '/v1/events', '/v1/refusals', '/v1/counts']));
    const accepted = await intake.submit(repair());
    expect(accepted.status).toBe(201);
    expect((await intake.submit(repair({ payload: {} }))).status).toBe(422);
    const lines = `${JSON.stringify(repair())}\n`;
    const upload = await fetch(`${intake.url}/v1/bulk`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await identity.forceToken(intake.force)}`,
        'content-type': 'application/x-ndjson',
        'idempotency-key': newId(),
      },
      body: lines,
    });
    expect(upload.status).toBe(202);
    const { id: job } = (await upload.json()) as { id: string };
    expect(await readEverywhere(app, token)).toEqual(before);
    const { tried, apart } = await toldApart(app, {
      token,
      foreign: [String(accepted.body['id']), job],
      bodies,
    });
    expect(apart).toEqual([]);
    expect(tried).toBeGreaterThan(8);
  });
});
