import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { INTAKE_BOUNDS, PROBLEMS, type ProblemCode } from '#contracts';
import { newId } from '#kernel';
import { startIntake, type IntakeUnderTest } from '../intake.fixture.ts';

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, object>> };
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly 'x-problem-codes': readonly ProblemCode[];
}

interface DescribedCall {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** How a careless or strange caller brings a problem about, at whatever route has it. */
interface Provocation {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: string;
}

let intake: IntakeUnderTest;
let throttled: IntakeUnderTest;
let staff: string;
let force: string;
let calls: DescribedCall[];

beforeAll(async () => {
  intake = await startIntake({ kafka: false });
  throttled = await startIntake({ kafka: false, forceLimits: new Map([['*', { perSecond: 1, atOnce: 1 }]]) });
  staff = await intake.identity.staffToken({ unit: 'fleet', role: 'supervisor', forces: [intake.force] });
  force = await intake.identity.forceToken(intake.force);
  const document = (await (await fetch(`${intake.url}/openapi.json`)).json()) as { paths: Record<string, Record<string, Operation>> };
  calls = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
});
afterAll(async () => {
  await intake.stop();
  await throttled.stop();
});

const KEYED = { 'idempotency-key': 'careless' };

const PROVOCATIONS: Partial<Record<ProblemCode, () => Provocation>> = {
  unauthenticated: () => ({ headers: { authorization: '' } }),
  'not-allowed': () => ({ headers: { authorization: `Bearer ${staff}` } }),
  'malformed-json': () => ({ headers: KEYED, body: '{"open":' }),
  'too-deep': () => ({ headers: KEYED, body: '['.repeat(INTAKE_BOUNDS.depthMax + 2) + ']'.repeat(INTAKE_BOUNDS.depthMax + 2) }),
  'unsupported-media-type': () => ({ headers: { ...KEYED, 'content-type': 'text/plain' }, body: 'hello' }),
  'invalid-cursor': () => ({ query: '?cursor=made-up&after=made-up' }),
};

async function provoke(
  at: IntakeUnderTest,
  { method, path, operation }: DescribedCall,
  { headers, query = '', body }: Provocation,
): Promise<Answered> {
  const [type] = Object.keys(operation.requestBody?.content ?? {});
  const { 'content-type': given = type ?? '', ...others } = headers ?? {};
  const response = await fetch(`${at.url}${path.replaceAll(/\{[^}]+\}/g, () => newId())}${query}`, {
    method,
    headers: { authorization: `Bearer ${force}`, ...others, ...(type !== undefined && { 'content-type': given }) },
    ...(operation.requestBody && { body: body ?? '{}' }),
  });
  const problem = (await response.json()) as { code?: ProblemCode };
  return { call: `${method} ${path}`, status: response.status, code: problem.code };
}

interface Answered {
  readonly call: string;
  readonly status: number;
  readonly code: ProblemCode | undefined;
}

const having = (code: ProblemCode): DescribedCall[] => calls.filter(({ operation }) => operation['x-problem-codes'].includes(code));
const expected =
  (code: ProblemCode) =>
  (call: DescribedCall): Answered => ({
    call: `${call.method} ${call.path}`,
    status: PROBLEMS[code].status,
    code,
  });

describe('a problem that the document names', () => {
  it.each(Object.keys(PROVOCATIONS) as ProblemCode[])('occurs at every route that names it: %s', async (code) => {
    // A list reads its cursor before it looks for what is in the path only where there is nothing in the path.
    const routes = having(code).filter(({ path }) => code !== 'invalid-cursor' || !path.includes('{'));
    expect(routes.length).toBeGreaterThan(0);
    const provocation = PROVOCATIONS[code]?.() ?? {};
    const answers = await Promise.all(routes.map((call) => provoke(intake, call, provocation)));
    expect(answers).toEqual(routes.map(expected(code)));
  });

  it('occurs at every route with something in its path: not-found for what was never there', async () => {
    const routes = having('not-found').filter(({ method }) => method === 'GET');
    const answers = await Promise.all(routes.map((call) => provoke(intake, call, {})));
    expect(answers).toEqual(routes.map(expected('not-found')));
  });

  it('occurs at every route of a force: too-many-requests for one that asks more than it may', async () => {
    const token = await throttled.identity.forceToken(throttled.force);
    for (const call of having('too-many-requests')) {
      const asked = Array.from({ length: 8 }, () => provoke(throttled, call, { headers: { ...KEYED, authorization: `Bearer ${token}` } }));
      expect(await Promise.all(asked)).toContainEqual(expected('too-many-requests')(call));
    }
  });
});

describe('a route', () => {
  it('answers a careless call with no problem but those that it names', async () => {
    const careless: Provocation[] = [
      ...Object.values(PROVOCATIONS).map((provocation) => provocation()),
      {},
      { headers: KEYED },
      { query: '?limit=0' },
      { query: '?limit=1&limit=2' },
    ];
    const unnamed: Answered[] = [];
    for (const call of calls.filter(({ path }) => path.startsWith('/v1/'))) {
      const answers = await Promise.all(careless.map((provocation) => provoke(intake, call, provocation)));
      const named = call.operation['x-problem-codes'];
      unnamed.push(...answers.filter(({ code, status }) => status >= 400 && (code === undefined || !named.includes(code))));
    }
    expect(unnamed).toEqual([]);
  });
});
