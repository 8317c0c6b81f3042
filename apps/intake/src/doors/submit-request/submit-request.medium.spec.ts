import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { eventually } from '#testing';
import { loadUnitDefinitions } from '#unit';
import { examplePayload, repair, startIntake, type IntakeUnderTest } from '../../intake.fixture.ts';
import { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';
import { SubmissionStore } from '../../take-in/submission.store.ts';
import { checkSubmission, type StorableSubmission } from '../../take-in/submission.ts';

let intake: IntakeUnderTest;

beforeAll(async () => {
  // Runs without a broker: REST accepts work while Kafka is away, and all these tests hold all the same.
  intake = await startIntake({ kafka: false });
  await intake.agree();
});
afterAll(() => intake.stop());

/**
 * The refusals of a reference. A reader waits for older transactions to end, so they may show a moment later.
 */
const refusals = (reference: unknown): Promise<{ code: string; body: unknown }[]> =>
  eventually(async () => {
    const { items } = (await intake.get('/v1/refusals?limit=1000')).body;
    const found = (items as { code: string; reference: string; body: unknown }[]).filter(
      (refusal) => refusal.reference === reference,
    );
    return found.length > 0 && found;
  });
const count = async (reference: unknown): Promise<number> =>
  (await intake.rows('select 1 from request where reference = $1', [intake.force], [reference])).length;

describe('POST /v1/requests', () => {
  it('gives 201 with the request, its address and version, and stores request, receipt and event in one transaction', async () => {
    const body = repair({ origin: 'screen 12' });
    const answer = await intake.submit(body, 'first-key');
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      reference: body['reference'],
      type: 'vehicle-repair',
      version: 1,
      unit: 'fleet',
      state: 'accepted',
    });
    expect(answer.body).toMatchObject({
      sequence: 0,
      channel: 'rest',
      origin: 'screen 12',
      unitReference: null,
      answer: null,
      clocks: [],
    });
    expect(answer.headers.get('etag')).toBe('"0"');
    expect(answer.headers.get('location')).toBe(`/v1/requests/${String(answer.body['id'])}`);
    const read = await intake.get(String(answer.headers.get('location')));
    expect(read.status).toBe(200);
    expect(read.body).toEqual(answer.body);
    const xids = await intake.rows<{ xids: string }>(
      `select count(distinct xmin::text) as xids from (select xmin from request where id = $1 union all select xmin from progress where request_id = $1
        union all select xmin from event where request_id = $1 union all select xmin from receipt where request_id = $1) as written`,
      [intake.force],
      [answer.body['id']],
    );
    expect(xids).toEqual([{ xids: '1' }]);
  });

  it('gives the same 201 to the same key and content again, five at once included, and stores one', async () => {
    const body = repair();
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 5 }, () => intake.submit(body, key)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body['id'])).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(4);
    expect(await count(body['reference'])).toBe(1);
  });

  it('gives 200 to the same reference and content under another key, whatever the origin', async () => {
    const body = repair({ origin: 'line 1' });
    const first = await intake.submit(body);
    const again = await intake.submit({ ...body, origin: 'line 2' });
    expect([again.status, again.body['id'], again.body['origin']]).toEqual([200, first.body['id'], 'line 1']);
  });

  it('gives 409 to the same reference with other content, and keeps it beside the first', async () => {
    const body = repair({ origin: 'a.csv line 7' });
    const first = await intake.submit(body);
    const other = {
      ...body,
      origin: 'b.csv line 9',
      payload: { ...(body['payload'] as object), odometerMiles: 1 },
    };
    const conflict = await intake.submit(other);
    expect(conflict.status).toBe(409);
    expect(conflict.headers.get('content-type')).toContain('application/problem+json');
    expect(conflict.body).toMatchObject({
      code: 'reference-conflict',
      existing: { id: first.body['id'], origin: 'a.csv line 7' },
    });
    expect(await refusals(body['reference'])).toMatchObject([{ code: 'reference-conflict', body: other }]);
    expect((await intake.get(`/v1/requests/${String(first.body['id'])}`)).body['payload']).toEqual(
      body['payload'],
    );
  });

  it('gives 422 to a key that was used for another body, also when both come at once', async () => {
    const key = newId();
    const [one, two] = await Promise.all([intake.submit(repair(), key), intake.submit(repair(), key)]);
    expect([one?.status, two?.status].sort()).toEqual([201, 422]);
    expect([one, two].find((answer) => answer?.status === 422)?.body['code']).toBe('idempotency-key-reused');
  });

  it('lets two forces use the same key and reference', async () => {
    await intake.agree({
      agreementId: `test.both.${intake.force}`,
      participants: [intake.force, intake.other],
    });
    const body = repair();
    const [ours, theirs] = await Promise.all([
      intake.submit(body, 'shared-key'),
      intake.submit(body, 'shared-key', intake.other),
    ]);
    expect([ours?.status, theirs?.status]).toEqual([201, 201]);
    expect(ours?.body['id']).not.toBe(theirs?.body['id']);
  });

  it.each([
    ['no Idempotency-Key', { body: repair() }, 400, 'missing-idempotency-key'],
    ['a body that is no JSON', { key: 'k', body: '{' }, 400, 'malformed-json'],
    ['a body nested too deeply', { key: 'k', body: '['.repeat(50) }, 400, 'too-deep'],
    [
      'a body over 256 kB',
      { key: 'k', body: JSON.stringify(repair({ origin: 'x'.repeat(300_000) })) },
      413,
      'too-large',
    ],
    ['__proto__', { key: 'k', body: '{"__proto__":{"a":1}}' }, 400, 'invalid-request'],
    ['an unknown field', { key: 'k', body: repair({ owningForce: 'elsewhere' }) }, 400, 'invalid-request'],
    ['a type nobody takes', { key: 'k', body: repair({ type: 'horse-repair' }) }, 422, 'unknown-type'],
    ['a version that is not taken', { key: 'k', body: repair({ version: 9 }) }, 422, 'unknown-type'],
    [
      'a payload that is not valid',
      { key: 'k', body: repair({ payload: { vrm: 7 } }) },
      422,
      'invalid-payload',
    ],
    ['no valid token', { key: 'k', body: repair(), token: 'x.y.z' }, 401, 'unauthenticated'],
  ])('refuses %s', async (_, options, status, code) => {
    const answer = await intake.send('POST', '/v1/requests', options);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it('refuses a payload that claims another force, pointing at the claim', async () => {
    const body = repair();
    const answer = await intake.submit({
      ...body,
      payload: { ...(body['payload'] as object), owningForce: intake.other },
    });
    expect(answer.status).toBe(422);
    expect(answer.body['errors']).toMatchObject([{ pointer: '/payload/owningForce' }]);
  });

  it('refuses staff, and a force that this deployment does not serve', async () => {
    const staff = await intake.identity.staffToken({
      unit: 'fleet',
      role: 'caseworker',
      forces: [intake.force],
    });
    const stranger = await intake.identity.forceToken('elsewhere');
    for (const token of [staff, stranger]) {
      expect(
        (await intake.send('POST', '/v1/requests', { key: newId(), body: repair(), token })).body['code'],
      ).toBe('not-allowed');
    }
  });

  it('refuses a broken rule with its pointer and sentence', async () => {
    const { offRoadSince: _, ...payload } = repair()['payload'] as Record<string, unknown>;
    const answer = await intake.submit(repair({ payload }));
    expect(answer.status).toBe(422);
    expect(answer.body['errors']).toMatchObject([{ pointer: '/payload/offRoadSince' }]);
  });

  it.each([
    'incident-response',
    'neighbourhood-policing',
    'volume-crime-investigation',
    'protecting-vulnerable-people',
  ])('refuses %s by name, says which force keeps it, and keeps the refusal', async (type) => {
    const body = repair({ type });
    const answer = await intake.submit(body);
    expect([answer.status, answer.body['code'], answer.body['keptBy']]).toEqual([
      403,
      'never-shared',
      intake.force,
    ]);
    expect(answer.body['detail']).toContain(`${intake.force} Police must do this work itself`);
    expect(await refusals(body['reference'])).toMatchObject([{ code: 'never-shared' }]);
  });

  it('answers 200 submissions at once from few commits', async () => {
    const bodies = Array.from({ length: 200 }, () => repair());
    const answers = await Promise.all(bodies.map((body) => intake.submit(body)));
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    const [row] = await intake.rows<{ commits: string }>(
      'select count(distinct xmin::text) as commits from request where reference = any ($1)',
      [intake.force],
      [bodies.map((body) => body['reference'])],
    );
    expect(Number(row?.commits)).toBeLessThan(100);
  });

  it('is ready while Kafka is away only when its consumers say so, and alive in any case', async () => {
    expect((await fetch(`${intake.url}/health/live`)).status).toBe(200);
    const ready = (await (await fetch(`${intake.url}/health/ready`)).json()) as {
      checks: Record<string, { ok: boolean }>;
    };
    expect([ready.checks['database']?.ok, ready.checks['relay']?.ok]).toEqual([true, true]);
  });
});

describe('two replicas at once', () => {
  it('store one request of each key and reference, whichever is first, and say so to the other', async () => {
    const types = new RequestTypeDirectory(await loadUnitDefinitions(['fleet']), []);
    const [force] = intake.forces;
    const replicas = [new SubmissionStore(intake.own), new SubmissionStore(intake.own)];
    for (let round = 0; round < 20; round += 1) {
      const checked = [1, 2, 3].map(() => checkSubmission(types, force, 'rest', repair()));
      const settled = await Promise.all(
        replicas.map((replica, number) => {
          const items = checked.map((one, place): StorableSubmission => ({
            id: newId(),
            force: force.slug,
            channel: 'rest',
            // The first has the same key, the others only the same reference, in opposite order.
            key: place === 0 ? `race ${one.reference}` : newId(),
            submittedBy: 'race',
            traceparent: null,
            checked: one,
          }));
          return replica.store(number === 0 ? items : items.reverse());
        }),
      );
      const outcomes = settled
        .flat()
        .map((result) => (result.status === 'fulfilled' ? result.value.outcome : String(result.reason)));
      expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(3);
      expect(outcomes.filter((outcome) => outcome === 'known')).toHaveLength(2);
      expect(outcomes.filter((outcome) => outcome === 'replay')).toHaveLength(1);
    }
  });
});

describe('a race that stays lost', () => {
  it('gives 409 in-flight with Retry-After and stores nothing; repeated unchanged, it is taken', async () => {
    const [body, key] = [repair(), newId()];
    const race = await intake.losingRacesFor(key);
    const lost = await intake.submit(body, key);
    const tries = await race.tries();
    await race.end();
    expect([lost.status, lost.body['code'], lost.body['kind'], lost.headers.get('retry-after')]).toEqual([
      409,
      'in-flight',
      'system',
      '1',
    ]);
    expect(tries).toBe(5);
    expect(await count(body['reference'])).toBe(0);
    const again = await intake.submit(body, key);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, null]);
  });

  it('fails no other submission in its commit', async () => {
    const key = newId();
    const race = await intake.losingRacesFor(key);
    const answers = await Promise.all(
      [repair(), repair(), repair()].map((body, place) => intake.submit(body, place === 1 ? key : newId())),
    );
    await race.end();
    expect(answers.map(({ status }) => status)).toEqual([201, 409, 201]);
  });
});

describe('the agreement gate', () => {
  it('refuses a unit without an agreement, names the force that keeps the work, and stores the refusal', async () => {
    const body = repair();
    const answer = await intake.submit(body, newId(), intake.other);
    // An earlier test admitted the other force by an agreement of both.
    await intake.agree({
      agreementId: `test.both.${intake.force}`,
      participants: [intake.force],
      edition: 2,
    });
    const refused = await intake.submit(repair(), newId(), intake.other);
    expect([answer.status, refused.status]).toEqual([201, 403]);
    expect(refused.body).toMatchObject({ code: 'no-agreement', unit: 'fleet', keptBy: intake.other });
    expect(refused.body['detail']).toContain(`This work stays with ${intake.other} Police`);
    const kept = await eventually(async () => {
      const { items } = (await intake.get('/v1/refusals', intake.other)).body;
      return (items as unknown[]).length > 0 && items;
    });
    expect(kept).toMatchObject([{ code: 'no-agreement' }]);
  });

  it('refuses the very next request after the agreement ended, and accepts it when it is live again', async () => {
    const unit = { agreementId: `test.crime.${intake.force}`, unit: 'fleet', participants: [intake.other] };
    const body = repair();
    await intake.agree({ ...unit, edition: 1 });
    expect((await intake.submit(body, newId(), intake.other)).status).toBe(201);
    await intake.agree({ ...unit, edition: 2, status: 'ended' });
    const next = await intake.submit(repair(), newId(), intake.other);
    expect([next.status, next.body['detail']]).toEqual([403, expect.stringContaining('is ended')]);
    // An accepted request stays accepted: its replay is answered and not judged again.
    expect((await intake.submit(body, newId(), intake.other)).status).toBe(200);
    await intake.agree({ ...unit, edition: 1 });
    expect((await intake.submit(repair(), newId(), intake.other)).status).toBe(403);
    await intake.agree({ ...unit, edition: 3 });
    expect((await intake.submit(repair(), newId(), intake.other)).status).toBe(201);
  });

  it.each([
    ['has not begun', { from: '2999-01-01' }],
    ['has run out', { to: '2024-05-01' }],
    ['is suspended', { status: 'suspended' }],
  ])('refuses when the agreement %s', async (_, changes) => {
    await intake.agree({ unit: 'crime-recording', edition: 1 + Math.trunc(performance.now()), ...changes });
    const answer = await intake.submit({
      type: 'crime-report',
      reference: newId(),
      payload: await examplePayload('crime-report'),
    });
    expect(answer.body['code']).toBe('no-agreement');
  });

  it('shows a force its own agreements, and no others', async () => {
    const items = (await intake.get('/v1/agreements', intake.other)).body['items'] as {
      participants: string[];
    }[];
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ participants }) => participants.includes(intake.other))).toBe(true);
  });
});

describe('a record of a force', () => {
  it('is no request, event, list entry, refusal or row of another force', async () => {
    const { body } = await intake.submit(repair());
    const id = String(body['id']);
    expect((await intake.get(`/v1/requests/${id}`, intake.other)).status).toBe(404);
    for (const path of ['/v1/requests?limit=1000', '/v1/events?limit=1000', '/v1/refusals?limit=1000']) {
      const text = JSON.stringify((await intake.get(path, intake.other)).body);
      expect(text).not.toContain(id);
      expect(text).not.toContain(`${intake.force} Police`);
    }
    for (const table of ['request', 'progress', 'receipt', 'event', 'refusal', 'access_log', 'inbox']) {
      expect(
        await intake.rows(`select 1 from ${table} where owning_force = '${intake.force}'`, [intake.other]),
      ).toEqual([]);
      expect(await intake.rows(`select 1 from ${table}`, [])).toEqual([]);
    }
    expect((await intake.rows('select 1 from request where id = $1', [intake.force], [id])).length).toBe(1);
  });

  it('cannot be written for another force, nor change hands', async () => {
    const forge = intake.rows(
      `insert into receipt (owning_force, channel, key, content_hash) values ('${intake.force}', 'rest', 'forged', 'x')`,
      [intake.other],
    );
    await expect(forge).rejects.toThrow(/row-level security/);
    const both = [intake.force, intake.other];
    await expect(
      intake.rows(
        `update progress set owning_force = '${intake.other}' where owning_force = '${intake.force}'`,
        both,
      ),
    ).rejects.toThrow(/never changes/);
  });
});
