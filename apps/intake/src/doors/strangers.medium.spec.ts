import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REQUEST_STATES } from '#contracts';
import { newId } from '#kernel';
import {
  askedHostilely,
  ignoredInputs,
  readEverywhere,
  routesOf,
  toldApart,
  triedByEverybody,
  type RouteCaller,
} from '#testing';
import { STAFF_ROLES } from '#web';
import { repair, startIntake, type IntakeUnderTest } from '../intake.fixture.ts';

/** The routes of intake that need no token; all others belong to forces. */
const OPEN =
  /^\/(?:health\/(?:live|ready|startup)|schemas(?:\/.*)?|docs(?:\/.*)?|openapi\.json|asyncapi\.json)$/;

interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
}

/** The records that each of these calls would take from the owner. */
const bodies = {
  'POST /v1/requests/:*/replies': { message: 'Bay four' },
  'POST /v1/requests/:*/withdraw': { reason: 'sold' },
  'POST /v1/requests/:*/corrections': { payload: { location: 'Bay 7' }, reason: 'moved' },
  'POST /v1/requests/:*/reopen': { reason: 'again' },
  'POST /v1/requests/:*/information': { message: 'Bay four' },
  'PATCH /v1/webhooks/:*': { enabled: false },
  'POST /v1/webhooks/:*/redeliveries': { since: '2026-03-02T09:30:00Z' },
};

/** Nobody listens at this address; nothing is sent before an event occurs. */
const DESTINATION = '127.0.0.1:9';

let intake: IntakeUnderTest;

beforeAll(async () => {
  intake = await startIntake({ kafka: false, webhooks: { localDestinations: [DESTINATION] } });
  await intake.agree();
});
afterAll(() => intake.stop());

/** A request of the owner in each possible state. */
async function inEveryState(): Promise<string[]> {
  const ids = await Promise.all(
    REQUEST_STATES.map(async () => String((await intake.submit(repair())).body['id'])),
  );
  await intake.rows(
    `update progress set state = placed.state, reopen_until = current_date + 7
     from unnest($1::uuid[], $2::text[]) as placed (id, state) where request_id = placed.id`,
    [intake.force],
    [ids, REQUEST_STATES],
  );
  return ids;
}

describe('intake', () => {
  it('admits on each route exactly the callers that the route names', async () => {
    const { app, identity, force, other } = intake;
    const staff = STAFF_ROLES.map(async (role): Promise<RouteCaller> => {
      const token = await identity.staffToken({ unit: 'fleet', role, forces: [force] });
      return { name: role, token, speaksAs: { role } };
    });
    const { tried, wrong } = await triedByEverybody(app, [
      { name: 'nobody', speaksAs: 'nobody' },
      { name: 'one force', token: await identity.forceToken(force), speaksAs: 'force' },
      { name: 'another force', token: await identity.forceToken(other), speaksAs: 'force' },
      {
        name: 'a person of the force',
        token: await identity.forcePersonToken(force),
        speaksAs: 'force-person',
      },
      ...(await Promise.all(staff)),
    ]);
    expect(wrong).toEqual([]);
    expect(tried).toBe(routesOf(app).length * 9);
    const ofSystems = routesOf(app).filter(
      ({ policy }) => policy?.kind === 'force' && policy.systemsOnly === true,
    );
    expect(ofSystems.filter(({ path }) => !/^\/v1\/(?:webhooks|bulk)(?:\/|$)/.test(path))).toEqual([]);
    for (const { path, policy } of routesOf(app))
      expect([path, policy?.kind]).toEqual([path, OPEN.test(path) ? 'open' : 'force']);
  });

  it('refuses on every route a precondition or parameter that it would ignore, and one that is given twice', async () => {
    const { app, identity, force } = intake;
    const { tried, ignored } = await ignoredInputs(app, await identity.forceToken(force));
    expect(ignored).toEqual([]);
    expect(tried).toBeGreaterThan(3 * routesOf(app).length);
  });

  it('answers about another force’s records as about unknown ones, at every address and in every list', async () => {
    const { app, identity, other } = intake;
    const token = await identity.forceToken(other);
    const before = await readEverywhere(app, token);
    expect(Object.keys(before)).toEqual(
      expect.arrayContaining(['/v1/requests', '/v1/events', '/v1/refusals', '/v1/counts']),
    );
    const requests = await inEveryState();
    expect((await intake.submit(repair({ payload: {} }))).status).toBe(422);
    const webhook = await intake.send('POST', '/v1/webhooks', {
      body: { url: `http://${DESTINATION}/hook` },
    });
    expect(webhook.status).toBe(201);
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
    const { absent, apart } = await toldApart(app, {
      token,
      foreign: [...requests, job, String(webhook.body['id'])],
      bodies,
    });
    expect(apart).toEqual([]);
    expect(absent).toBeGreaterThan(8 * requests.length);
  });

  it('treats hostile text in every address and parameter as text: no internal error, and nothing of another force', async () => {
    const { body: document } = await intake.get('/openapi.json');
    const operations = Object.values(
      document['paths'] as Record<string, { get?: { parameters?: Parameter[] } }>,
    );
    const asked = operations
      .flatMap(({ get }) => get?.parameters ?? [])
      .filter(({ in: place }) => place === 'query');
    const parameters = [...new Set(asked.map(({ name }) => name))];
    const { body } = await intake.submit(repair({ reference: `SEEN-${newId()}` }));
    const { tried, wrong } = await askedHostilely(intake.app, {
      token: await intake.identity.forceToken(intake.other),
      parameters,
      secrets: [String(body['reference']), String(body['id'])],
    });
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(100 * parameters.length);
  });
});
