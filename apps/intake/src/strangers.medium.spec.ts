import { gzipSync } from 'node:zlib';
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
  'POST /v1/requests/:*/corrections': { payload: { location: 'Bay 7' }, reason: 'moved' },
  'POST /v1/requests/:*/reopen': { reason: 'again' },
  'POST /v1/requests/:*/information': { message: 'Bay four' },
  'PATCH /v1/webhooks/:*': { enabled: false },
  'POST /v1/webhooks/:*/redeliveries': { since: '2026-03-02T09:30:00Z' },
};

interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
}

/** What would show if a parameter ever became part of a statement, a path or a header. */
const HOSTILE = [
  "' or '1'='1",
  "'; drop table request; --",
  "x') union select payload::text from request --",
  '\\',
  '%00',
  '\u0000',
  '\r\nset-cookie: a=b',
  '../../etc/passwd',
  '$1',
  '-1',
  '1e999',
  '\ud83d\ude93',
  'x'.repeat(8_000),
];

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
    const { absent, apart } = await toldApart(app, {
      token,
      foreign: [String(accepted.body['id']), job],
      bodies,
    });
    expect(apart).toEqual([]);
    expect(absent).toBeGreaterThan(8);
  });

  it('takes hostile text in every parameter for text: no fault of its own, and nothing of another force', async () => {
    const { body: document } = await intake.get('/openapi.json');
    const reference = repair({ reference: `SEEN-${newId()}` });
    expect((await intake.submit(reference)).status).toBe(201);
    const token = await intake.identity.forceToken(intake.other);
    let tried = 0;
    for (const [path, { get }] of Object.entries(document['paths'] as Record<string, { get?: { parameters?: Parameter[] } }>)) {
      for (const { name, in: place } of get?.parameters ?? []) {
        if (place === 'header') continue;
        for (const text of HOSTILE) {
          const hostile = encodeURIComponent(text);
          const address = path.replace(/\{(.+?)\}/g, (_, part: string) => (part === name ? hostile : newId()));
          const url = place === 'query' ? `${address}?${name}=${hostile}` : address;
          const reply = await intake.app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
          expect([200, 400, 404, 414]).toContain(reply.statusCode);
          expect(reply.body).not.toContain(reference['reference']);
          tried += 1;
        }
      }
    }
    expect(tried).toBeGreaterThan(10 * HOSTILE.length);
  });

  it('does not unpack a body: what is small on the way cannot become large inside', async () => {
    const packed = gzipSync(JSON.stringify(repair({ origin: 'x'.repeat(10_000_000) })));
    const reply = await fetch(`${intake.url}/v1/requests`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await intake.identity.forceToken(intake.force)}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'idempotency-key': newId(),
      },
      body: packed,
    });
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([400, 'malformed-json']);
  });

  it('takes no force, state or prototype from a body', async () => {
    for (const field of ['owningForce', 'force', 'id', 'state', 'sequence', 'unit', 'submittedBy', 'constructor', 'prototype']) {
      const answer = await intake.submit({ ...repair(), [field]: intake.other });
      expect([field, answer.status >= 400 && answer.status < 500]).toEqual([field, true]);
    }
    const polluted = JSON.stringify(repair()).replace('{', '{"__proto__":{"admin":true},');
    expect((await intake.submit(polluted)).status).toBe(400);
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });
});
