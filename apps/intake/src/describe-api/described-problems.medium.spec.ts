import { readFileSync } from 'node:fs';
import { request as open, type ClientRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { INTAKE_BOUNDS, PROBLEMS, type ProblemCode } from '#contracts';
import { newId } from '#kernel';
import { eventually } from '#testing';
import type { OpenApiDocument } from '#web';
import { examplePayload, repair, startIntake, type IntakeUnderTest } from '../intake.fixture.ts';

/** The document as it is published. Another test compares it with the routes. */
const document = JSON.parse(readFileSync('docs/reference/openapi.json', 'utf8')) as OpenApiDocument;

interface Route {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly codes: readonly ProblemCode[];
  readonly contentType: string | undefined;
  /** These routes change a record only at the version that was read. */
  readonly versioned: boolean;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]): Route => {
    const [contentType] = Object.keys(operation.requestBody?.content ?? {});
    const versioned = JSON.stringify(operation.parameters ?? []).includes(
      '"name":"If-Match","in":"header","required":true',
    );
    return {
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      codes: operation['x-problem-codes'],
      contentType,
      versioned,
    };
  }),
);

/** Nobody listens at this address; nothing is sent before an event occurs. */
const DESTINATION = '127.0.0.1:9';

let intake: IntakeUnderTest;
let throttled: IntakeUnderTest;
let tokens: { force: string; staff: string; throttled: string };
const known = { webhooks: '', bulk: '', requests: '' };
let finished: string;
/** The requests are answered and may be reopened; each reopening uses one up. */
let reopenable: string[];
const taken = repair();

beforeAll(async () => {
  intake = await startIntake({ kafka: false, webhooks: { localDestinations: [DESTINATION] } });
  throttled = await startIntake({ kafka: false, forceLimits: new Map([['*', { perSecond: 1, atOnce: 1 }]]) });
  await intake.agree();
  tokens = {
    force: await intake.identity.forceToken(intake.force),
    staff: await intake.identity.staffToken({ unit: 'fleet', role: 'supervisor', forces: [intake.force] }),
    throttled: await throttled.identity.forceToken(throttled.force),
  };
  known.webhooks = String(
    (await intake.send('POST', '/v1/webhooks', { body: { url: `http://${DESTINATION}/` } })).body['id'],
  );
  known.bulk = String((await made(upload(newId()))).body['id']);
  known.requests = String((await intake.submit(taken)).body['id']);
  const answered = await Promise.all(
    Array.from({ length: 80 }, async () => String((await intake.submit(repair())).body['id'])),
  );
  [finished = '', ...reopenable] = answered;
  await intake.own.transaction([intake.force], (client) =>
    client.query(
      `update progress set state = 'answered', reopen_until = case when request_id <> $3 then current_date + 7 end
       where owning_force = $1 and request_id = any($2)`,
      [intake.force, answered, finished],
    ),
  );
});
afterAll(async () => {
  await intake.stop();
  await throttled.stop();
});

const made = ({ method, path, headers, body }: Call) => intake.call(method, path, headers, body);

const BODIES: Readonly<Record<string, () => unknown>> = {
  submitRequest: () => repair(),
  withdrawRequest: () => ({ reason: newId() }),
  addInformation: () => ({ message: newId() }),
  correctRequest: () => ({ payload: { location: newId() }, reason: newId() }),
  reopenRequest: () => ({ reason: newId() }),
  replyToQuestion: () => ({ message: newId() }),
  createWebhook: () => ({ url: `http://${DESTINATION}/` }),
  changeWebhook: () => ({ enabled: true }),
  redeliver: () => ({ since: '2026-03-02T09:30:00Z' }),
  submitInBulk: () => repair(),
};

/** A complete call of a route that names existing records. */
function sound({ id, method, path, contentType, versioned }: Route): Call {
  const [, , kind = ''] = path.split('/');
  const named = id === 'reopenRequest' ? reopenable.pop() : known[kind as keyof typeof known];
  return {
    method,
    path: path.replaceAll(/\{\w+\}/g, named ?? 'nothing'),
    headers: {
      authorization: `Bearer ${tokens.force}`,
      'idempotency-key': newId(),
      ...(versioned && { 'if-match': '"1"' }),
      ...(contentType !== undefined && { 'content-type': contentType }),
    },
    body: contentType === undefined ? undefined : JSON.stringify(BODIES[id]?.()),
  };
}

const upload = (key: string): Call => ({
  method: 'POST',
  path: '/v1/bulk',
  headers: {
    authorization: `Bearer ${tokens.force}`,
    'idempotency-key': key,
    'content-type': 'application/x-ndjson',
  },
  body: JSON.stringify(repair()),
});

const said = (headers: Record<string, string>) => (call: Call) => ({
  ...call,
  headers: { ...call.headers, ...headers },
});
const unsaid = (name: string) => (call: Call) => ({
  ...call,
  headers: Object.fromEntries(Object.entries(call.headers).filter(([header]) => header !== name)),
});
const asked = (query: string) => (call: Call) => ({ ...call, path: `${call.path}?${query}` });
const sending = (body: () => unknown) => (call: Call) => ({ ...call, body: JSON.stringify(body()) });
const nested = '['.repeat(INTAKE_BOUNDS.depthMax + 2) + ']'.repeat(INTAKE_BOUNDS.depthMax + 2);
const named = (id: string) => (call: Call) => ({ ...call, path: call.path.replace(/[0-9a-f-]{36}/, id) });
const isReopening = ({ path }: Call): boolean => path.endsWith('/reopen');
const isBulk = ({ headers }: Call): boolean => headers['content-type'] === 'application/x-ndjson';

/** Turns a valid call into one that is answered with the code, on every route that names it. */
const TWISTS: Partial<Record<ProblemCode, (call: Call) => Call>> = {
  unauthenticated: unsaid('authorization'),
  'not-allowed': (call) => said({ authorization: `Bearer ${tokens.staff}` })(call),
  'malformed-json': (call) => ({ ...call, body: '{"open":' }),
  'too-deep': (call) => ({ ...call, body: nested }),
  'too-large': (call) => ({
    ...call,
    body: isBulk(call) ? '\n'.repeat(250_001) : `"${'x'.repeat(INTAKE_BOUNDS.bytesMax)}"`,
  }),
  'unsupported-media-type': said({ 'content-type': 'text/plain' }),
  'missing-idempotency-key': unsaid('idempotency-key'),
  'invalid-request': (call) => {
    if (call.body === undefined) return asked('limit=0&after=1&after=2')(call);
    return isBulk(call) ? asked('type=vehicle-repair')(call) : sending(() => ({ surprise: 1 }))(call);
  },
  'invalid-cursor': (call) =>
    asked(/\/(?:events|results)$/.test(call.path) ? 'after=made-up' : 'cursor=made-up')(call),
  'not-found': (call) => ({ ...call, path: call.path.replaceAll(/[0-9a-f-]{36}/g, newId()) }),
  'version-required': said({ 'if-match': '*' }),
  'version-changed': said({ 'if-match': '"999999"' }),
  'not-in-this-state': (call) => named(isReopening(call) ? known.requests : finished)(call),
  'not-reopenable': (call) => named(finished)(call),
  'not-correctable': sending(() => ({ payload: { vrm: 'EX26AAB' }, reason: 'Another vehicle.' })),
  'never-shared': sending(() => repair({ type: 'incident-response' })),
  'unknown-type': sending(() => repair({ type: 'tea-making' })),
  'invalid-payload': (call) =>
    sending(() =>
      call.path.endsWith('/corrections')
        ? { payload: { location: '' }, reason: 'Unknown.' }
        : repair({ payload: {} }),
    )(call),
  'reference-conflict': sending(() =>
    repair({ reference: taken['reference'], payload: { ...(taken['payload'] as object), odometerMiles: 1 } }),
  ),
};

interface Answered {
  readonly status: number;
  readonly code: unknown;
}

const told = ({ status, body }: Awaited<ReturnType<typeof made>>): Answered => ({
  status,
  code: body['code'],
});

/** An upload that has begun and continues until it is ended. */
async function begun(
  at: IntakeUnderTest,
  token: string,
  key = newId(),
): Promise<{ readonly sending: ClientRequest; readonly answer: Promise<Answered> }> {
  const headers = {
    authorization: `Bearer ${token}`,
    'idempotency-key': key,
    'content-type': 'application/x-ndjson',
  };
  const sending = open(`${at.url}/v1/bulk`, { method: 'POST', headers });
  const answer = new Promise<Answered>((done, failed) => {
    sending.on('error', failed);
    sending.on('response', (reply) => {
      text(reply).then(
        (body) => done({ status: reply.statusCode ?? 0, code: (JSON.parse(body) as { code?: string }).code }),
        failed,
      );
    });
  });
  sending.write(`${JSON.stringify(repair())}\n`);
  await eventually(
    async () => (await at.rows('select 1 from bulk_job where key = $1', [at.force], [key])).length === 1,
  );
  return { sending, answer };
}

/** Cases that need more than one call: something happens at the same time, or has happened before. */
const SITUATIONS: Partial<Record<ProblemCode, (route: Route) => Promise<Answered>>> = {
  'too-many-requests': async (route) => {
    const call = said({ authorization: `Bearer ${tokens.throttled}` })(sound(route));
    const asked = Array.from({ length: 8 }, () =>
      throttled.call(call.method, call.path, call.headers, call.body),
    );
    const answers = (await Promise.all(asked)).map(told);
    return answers.find(({ status }) => status === 429) ?? (answers[0] as Answered);
  },
  'no-agreement': async (route) => {
    if (route.id === 'reopenRequest') {
      await intake.agree({ status: 'ended', edition: 2 });
      const refused = told(await made(sound(route)));
      await intake.agree({ edition: 3 });
      return refused;
    }
    const payload = await examplePayload('crime-report');
    return told(
      await made(sending(() => ({ type: 'crime-report', reference: newId(), payload }))(sound(route))),
    );
  },
  'idempotency-key-reused': async (route) => {
    const { body } = await intake.submit(repair());
    const first = sound(route);
    const call = { ...first, path: first.path.replace(known.requests, String(body['id'])) };
    expect((await made(call)).status).toBeLessThan(300);
    return told(await made({ ...call, body: JSON.stringify(BODIES[route.id]?.()) }));
  },
  'in-flight': async (route) => {
    const call = sound(route);
    const key = String(call.headers['idempotency-key']);
    if (route.id === 'submitInBulk') {
      const { sending, answer } = await begun(intake, tokens.force, key);
      const second = told(await made(call));
      sending.end();
      await answer;
      return second;
    }
    const race = await intake.losingRacesFor(key);
    return made(call)
      .then(told)
      .finally(() => race.end());
  },
  busy: async (route) => {
    if (route.id === 'submitInBulk') {
      const uploads = await Promise.all(Array.from({ length: 4 }, () => begun(intake, tokens.force)));
      const fifth = told(await made(sound(route)));
      for (const { sending } of uploads) sending.end();
      await Promise.all(uploads.map(({ answer }) => answer));
      return fifth;
    }
    const many = await intake.whileNothingIsStored(async () => {
      const asked = Array.from({ length: 2_001 }, () => {
        const { method, path, headers, body = '' } = sound(route);
        return intake.app.inject({ method: method as 'POST', url: path, headers, payload: body });
      });
      return { first: await Promise.race(asked), asked };
    });
    await Promise.all(many.asked);
    return { status: many.first.statusCode, code: many.first.json<{ code?: string }>().code };
  },
  unavailable: async () => {
    const stopping = await startIntake({ kafka: false });
    const { sending, answer } = await begun(stopping, await stopping.identity.forceToken(stopping.force));
    const stopped = stopping.stop();
    const told = await answer;
    sending.end();
    await stopped;
    return told;
  },
};

describe('a problem that the document names', () => {
  const pairs = routes.flatMap((route) => route.codes.map((code) => ({ id: route.id, code, route })));

  it.each(pairs)('occurs: $code at $id', async ({ code, route }) => {
    const twist = TWISTS[code];
    const situation = SITUATIONS[code];
    const answered = twist ? told(await made(twist(sound(route)))) : await situation?.(route);
    expect(answered).toEqual({ status: PROBLEMS[code].status, code });
  });

  it('is named by every route of a force', () => {
    expect(pairs.length).toBeGreaterThan(150);
  });
});

/** Sends a body and its type only if the route accepts one. */
function bodyless(call: Call, { contentType }: Route): Call {
  return contentType === undefined ? { ...unsaid('content-type')(call), body: undefined } : call;
}

describe('a route', () => {
  it.each(routes.filter(({ path }) => path.startsWith('/v1/')))(
    'answers a careless call only with problems that it names: $id',
    async (route) => {
      const careless = [
        ...Object.values(TWISTS),
        asked('limit=1&limit=2'),
        asked('after=1&after=2&state=none&type=none'),
      ];
      // Each answer is compared with the description as it comes: a code that the route does not name is a
      // fault.
      const answers = await Promise.all(careless.map((twist) => made(bodyless(twist(sound(route)), route))));
      expect(answers.filter(({ status }) => status === 500)).toEqual([]);
    },
  );
});
