import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request as httpRequest, type ClientRequest } from 'node:http';
import { newId } from '#kernel';
import { Database } from '#persistence';
import { eventually } from '#testing';
import { repair, startIntake, type Answer, type IntakeUnderTest } from '../../intake.fixture.ts';

let intake: IntakeUnderTest;

beforeAll(async () => {
  intake = await startIntake({ kafka: false });
  await intake.agree();
});
afterAll(() => intake.stop());

interface Result {
  readonly line: number;
  readonly outcome: string;
  readonly reference?: string;
  readonly requestId?: string;
  readonly problem?: { readonly code: string; readonly detail: string; readonly errors?: readonly object[] };
}

interface Upload {
  readonly key?: string;
  readonly force?: string;
  readonly contentType?: string;
  readonly path?: string;
}

const headersOf = async ({
  key = newId(),
  force = intake.force,
  contentType = 'application/x-ndjson',
}: Upload) => ({
  authorization: `Bearer ${await intake.identity.forceToken(force)}`,
  'idempotency-key': key,
  'content-type': contentType,
});

async function upload(body: string | Buffer, options: Upload = {}): Promise<Answer> {
  const response = await fetch(`${intake.url}${options.path ?? '/v1/bulk'}`, {
    method: 'POST',
    headers: await headersOf(options),
    body,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  };
}

/** Begins an upload and leaves its body open. */
async function beginUpload(part: string, options: Upload = {}): Promise<ClientRequest> {
  const begun = httpRequest(`${intake.url}/v1/bulk`, { method: 'POST', headers: await headersOf(options) });
  begun.on('error', () => undefined);
  begun.write(part);
  return begun;
}

async function resultsOf(job: unknown, query = '', force = intake.force): Promise<Result[]> {
  const response = await fetch(`${intake.url}/v1/bulk/${String(job)}/results${query}`, {
    headers: await headersOf({ force }),
  });
  expect(response.headers.get('content-type')).toContain('application/x-ndjson');
  const lines = (await response.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Result);
}

const ndjson = (bodies: readonly unknown[]): string =>
  bodies.map((body) => `${JSON.stringify(body)}\n`).join('');
const repairs = (count: number): Record<string, unknown>[] => Array.from({ length: count }, () => repair());
const stored = async (references: readonly unknown[]): Promise<number> =>
  (await intake.rows('select 1 from request where reference = any ($1)', [intake.force], [references]))
    .length;
const jobOf = async (key: string): Promise<string> =>
  eventually(
    async () =>
      (await intake.rows<{ id: string }>('select id from bulk_job where key = $1', [intake.force], [key]))[0]
        ?.id,
  );

/** Removes a job and its results, as if the process had died before it stored them. */
async function forget(key: string): Promise<void> {
  const everything = await Database.open({
    url: intake.database.superUrl,
    applicationName: 'test-forgets',
    poolMax: 1,
  });
  await everything.transaction([], async (client) => {
    await client.query('set local session_replication_role = replica');
    await client.query('delete from bulk_line where job_id in (select id from bulk_job where key = $1)', [
      key,
    ]);
    await client.query('delete from bulk_job where key = $1', [key]);
  });
  await everything.close();
}

describe('POST /v1/bulk with NDJSON', () => {
  it('gives 202 with the job, and a result for each line: accepted with its request, or a problem with its pointer', async () => {
    const [first, second] = repairs(2);
    const body = [
      JSON.stringify(first),
      '',
      '{"type": "vehicle-repair", ',
      JSON.stringify(repair({ payload: { vrm: 7 } })),
      JSON.stringify({ ...repair(), reference: `R-${'x'.repeat(300_000)}` }),
      JSON.stringify(repair({ type: 'incident-response' })),
      // The last line has no line end.
      JSON.stringify(second),
    ].join('\n');
    const answer = await upload(body);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      state: 'finished',
      accepted: 2,
      known: 0,
      refused: 4,
      results: `/v1/bulk/${String(answer.body['id'])}/results`,
    });
    expect(answer.headers.get('location')).toBe(`/v1/bulk/${String(answer.body['id'])}`);
    const results = await resultsOf(answer.body['id']);
    expect(results.map(({ line, outcome, problem }) => [line, outcome, problem?.code])).toEqual([
      [1, 'accepted', undefined],
      [3, 'refused', 'malformed-json'],
      [4, 'refused', 'invalid-payload'],
      [5, 'refused', 'too-large'],
      [6, 'refused', 'never-shared'],
      [7, 'accepted', undefined],
    ]);
    expect(results[2]?.problem?.errors).toEqual(
      expect.arrayContaining([expect.objectContaining({ pointer: '/payload/vrm' })]),
    );
    expect(results[0]).toMatchObject({ reference: first?.['reference'] });
    const read = await intake.get(`/v1/requests/${String(results[5]?.requestId)}`);
    expect(read.body).toMatchObject({
      reference: second?.['reference'],
      state: 'accepted',
      payload: second?.['payload'],
    });
    expect((await intake.get(String(answer.headers.get('location')))).body).toEqual(answer.body);
  });

  it('gives the results after a line, so that an interrupted reader can continue', async () => {
    const { body } = await upload(ndjson(repairs(1_200)));
    const whole = await resultsOf(body['id']);
    expect(whole.map(({ line }) => line)).toEqual(Array.from({ length: 1_200 }, (_, index) => index + 1));
    expect(await resultsOf(body['id'], '?after=1100')).toEqual(whole.slice(1_100));
    expect((await intake.get(`/v1/bulk/${String(body['id'])}/results?after=x`)).body['code']).toBe(
      'invalid-cursor',
    );
  });

  it('distinguishes new requests, known ones, and references with other content', async () => {
    const [there, other] = repairs(2);
    const first = await intake.submit(there);
    await intake.submit(other);
    const { body } = await upload(
      ndjson([there, { ...other, payload: { ...(other?.['payload'] as object), vrm: 'EX26BBB' } }]),
    );
    const results = await resultsOf(body['id']);
    expect(results).toMatchObject([
      { outcome: 'known', requestId: first.body['id'] },
      { outcome: 'refused', reference: other?.['reference'], problem: { code: 'reference-conflict' } },
    ]);
  });

  it.each([
    ['no line', '', {}, 400, 'invalid-request'],
    ['only blank lines', ' \n\r\n\n', {}, 400, 'invalid-request'],
    [
      'a type beside lines that name their own',
      ndjson([{}]),
      { path: '/v1/bulk?type=vehicle-repair' },
      400,
      'invalid-request',
    ],
    ['no key', '{}', { key: '' }, 400, 'missing-idempotency-key'],
  ])('refuses %s', async (_, body, options, status, code) => {
    const answer = await upload(body, options);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it.each([
    ['one body of JSON', { contentType: 'application/json' }, 'application/x-ndjson or text/csv'],
    ['text', { contentType: 'text/plain' }, 'application/x-ndjson or text/csv'],
    ['lines sent to the route of a single one', { path: '/v1/requests' }, 'application/json'],
  ])('refuses %s, and says what is accepted', async (_, options, taken) => {
    const { status, body } = await upload('{}', options);
    expect([status, body['code']]).toEqual([415, 'unsupported-media-type']);
    expect(body['detail']).toMatch(
      new RegExp(`^Send the (?:body|lines) as ${taken}, with the matching Content-Type header`),
    );
  });
});

describe('an upload that is sent again with its key', () => {
  it('gives the same job and adds nothing', async () => {
    const [bodies, key] = [repairs(5), newId()];
    const first = await upload(ndjson(bodies), { key });
    const again = await upload(ndjson(bodies), { key });
    expect([again.status, again.body]).toEqual([202, first.body]);
    expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect(await stored(bodies.map(({ reference }) => reference))).toBe(5);
  });

  it('completes one that was cut in the middle of a line: stored lines keep their requests, and the half line does not count', async () => {
    const [bodies, key] = [repairs(40), newId()];
    const whole = ndjson(bodies);
    const half = whole.slice(0, whole.indexOf('\n', whole.length / 2) + 20);
    const begun = await beginUpload(half, { key });
    const id = await jobOf(key);
    const before = await eventually(async () => {
      const results = await resultsOf(id);
      return results.length === half.split('\n').length - 1 && results;
    });
    expect((await intake.get(`/v1/bulk/${id}`)).body['state']).toBe('receiving');
    begun.destroy();
    await eventually(async () => (await intake.get(`/v1/bulk/${id}`)).body['state'] === 'interrupted');
    const answer = await upload(whole, { key });
    expect([answer.status, answer.body]).toEqual([
      202,
      expect.objectContaining({ id, state: 'finished', accepted: 40, refused: 0 }),
    ]);
    const after = await resultsOf(id);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.map(({ line }) => line)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(await stored(bodies.map(({ reference }) => reference))).toBe(40);
  });

  it('reports a line that was stored and whose result was lost as accepted, with the same request', async () => {
    const [body, key] = [repair(), newId()];
    // The line was submitted alone under its own key, as if the process had died between the two steps.
    const before = await upload(ndjson([body]), { key });
    const [kept] = await resultsOf(before.body['id']);
    await forget(key);
    const again = await upload(ndjson([body]), { key });
    expect(again.body).toMatchObject({ accepted: 1, known: 0 });
    expect(await resultsOf(again.body['id'])).toMatchObject([
      { outcome: 'accepted', requestId: kept?.requestId },
    ]);
  });

  it('refuses another body, whether the first was finished or cut, and stores nothing of it', async () => {
    const [bodies, key, cutKey, strangers] = [repairs(3), newId(), newId(), repairs(3)];
    await upload(ndjson(bodies), { key });
    const other = await upload(ndjson(strangers), { key });
    const begun = await beginUpload(ndjson(bodies), { key: cutKey });
    const id = await jobOf(cutKey);
    await eventually(async () => (await resultsOf(id)).length === 3);
    begun.destroy();
    await eventually(async () => (await intake.get(`/v1/bulk/${id}`)).body['state'] === 'interrupted');
    const otherLines = await upload(ndjson(strangers), { key: cutKey });
    const shorter = await upload(ndjson(bodies.slice(0, 2)), { key: cutKey });
    const otherFormat = await upload('reference\nx', {
      key: cutKey,
      contentType: 'text/csv',
      path: '/v1/bulk?type=vehicle-repair',
    });
    for (const answer of [other, otherLines, shorter, otherFormat]) {
      expect([answer.status, answer.body['code']]).toEqual([422, 'idempotency-key-reused']);
    }
    expect(await stored(strangers.map(({ reference }) => reference))).toBe(0);
  });

  it('refuses a second one while the first is being read, with Retry-After', async () => {
    const [bodies, key] = [repairs(2), newId()];
    const begun = await beginUpload(ndjson(bodies), { key });
    const id = await jobOf(key);
    await eventually(async () => (await resultsOf(id)).length === 2);
    const second = await upload(ndjson(bodies), { key });
    expect([second.status, second.body['code'], second.headers.get('retry-after')]).toEqual([
      409,
      'in-flight',
      '1',
    ]);
    begun.end();
    await eventually(async () => (await intake.get(`/v1/bulk/${id}`)).body['state'] === 'finished');
  });
});

describe('a record of a force', () => {
  it('is no job, result or row of another force, though it may use the same key', async () => {
    const key = newId();
    const { body } = await upload(ndjson(repairs(2)), { key });
    const id = String(body['id']);
    for (const path of [
      `/v1/bulk/${id}`,
      `/v1/bulk/${id}/results`,
      `/v1/bulk/${newId()}`,
      '/v1/bulk/x/results',
    ]) {
      const answer = await intake.get(path, intake.other);
      expect([answer.status, answer.body['code']]).toEqual([404, 'not-found']);
    }
    const theirs = await upload(ndjson([{}]), { key, force: intake.other });
    expect([theirs.status, theirs.body['refused']]).toEqual([202, 1]);
    expect(theirs.body['id']).not.toBe(id);
    for (const table of ['bulk_job', 'bulk_line']) {
      expect(
        await intake.rows(`select 1 from ${table} where owning_force = '${intake.force}'`, [intake.other]),
      ).toEqual([]);
      expect(await intake.rows(`select 1 from ${table}`, [])).toEqual([]);
    }
  });

  it('cannot be reached by staff, nor without a token', async () => {
    const token = await intake.identity.staffToken({
      unit: 'fleet',
      role: 'caseworker',
      forces: [intake.force],
    });
    expect((await intake.send('GET', `/v1/bulk/${newId()}`, { token })).status).toBe(403);
    expect((await intake.send('GET', `/v1/bulk/${newId()}`, { token: 'x.y.z' })).status).toBe(401);
  });
});

describe('POST /v1/bulk with CSV', () => {
  const FIELDS = Object.keys(repair()['payload'] as object);
  const header = ['reference', ...FIELDS.map((field) => `payload.${field}`)].join(',');
  const row = (changes: Record<string, string> = {}): string => {
    const fields = { ...(repair()['payload'] as Record<string, unknown>), ...changes };
    return [changes['reference'] ?? `R-${newId()}`, ...FIELDS.map((field) => String(fields[field]))].join(
      ',',
    );
  };
  const csv = (rows: readonly string[], path = '/v1/bulk?type=vehicle-repair') =>
    upload(rows.join('\r\n'), { contentType: 'text/csv; charset=utf-8', path });

  it('accepts one record per line, typed by the schema of its type, with line breaks inside cells', async () => {
    const answer = await csv([
      `\ufeff${header}`,
      row(),
      row({ reference: 'quoted-one', description: '"said ""grinding"",\nand loud"' }),
      row({ odometerMiles: '12' }),
    ]);
    expect(answer.body).toMatchObject({ state: 'finished', format: 'csv', accepted: 3, refused: 0 });
    const results = await resultsOf(answer.body['id']);
    expect(results.map(({ line }) => line)).toEqual([2, 3, 5]);
    const read = await intake.get(`/v1/requests/${String(results[1]?.requestId)}`);
    expect(read.body['payload']).toMatchObject({
      odometerMiles: 48210,
      offRoad: true,
      description: 'said "grinding",\nand loud',
    });
  });

  it('names line and column of a malformed record, and continues after it', async () => {
    const answer = await csv([
      header,
      row({ odometerMiles: 'many' }),
      `${row()},more`,
      row({ description: '"never closed' }),
      row({ vrm: '' }),
      row(),
    ]);
    expect(answer.body).toMatchObject({ accepted: 1, refused: 4 });
    const results = await resultsOf(answer.body['id']);
    expect(results.map(({ line, outcome }) => [line, outcome])).toEqual(
      [2, 3, 4, 5].map((line) => [line, 'refused']).concat([[6, 'accepted']]),
    );
    expect(results[0]?.problem?.errors).toMatchObject([
      { pointer: '/payload/odometerMiles', column: 'payload.odometerMiles' },
    ]);
    expect(results[1]?.problem?.detail).toContain('13 columns, but the header has 12');
    expect(results[2]?.problem?.detail).toContain('Line 4 cannot be read: a quote is not closed');
    expect(results[3]?.problem?.errors).toMatchObject([{ pointer: '/payload/vrm', column: 'payload.vrm' }]);
  });

  it.each([
    [
      'a column that reaches into the prototype of every object',
      'reference,payload.__proto__.admin',
      'payload.__proto__.admin',
    ],
    ['a column that is none', 'reference,owningForce', 'owningForce'],
    ['a column twice', 'reference,payload.vrm,payload.vrm', 'payload.vrm'],
    ['a column inside another', 'reference,payload.vrm,payload.vrm.x', 'payload.vrm.x'],
    ['no reference', 'payload.vrm', 'reference'],
    ['a type that was given already', 'reference,type', 'type'],
    ['a name that would be a header of its own', 'reference,"x\r\nset-cookie: a=b"', 'x\nset-cookie: a=b'],
  ])('refuses a header with %s, and starts no job', async (_, line, column) => {
    const answer = await csv([line, 'a,b,c']);
    expect([answer.status, answer.body['code']]).toEqual([400, 'invalid-request']);
    expect(answer.body['errors']).toEqual(expect.arrayContaining([expect.objectContaining({ column })]));
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it.each([
    ['no header', '', 'no submission'],
    ['only a header', header, 'no submission'],
    ['a header whose quote is not closed', '"reference', 'a quote is not closed'],
    [
      'too many columns',
      `reference,${Array.from({ length: 300 }, (_, n) => `payload.f${n}`).join(',')}`,
      'columns',
    ],
  ])('refuses %s', async (_, body, words) => {
    const answer = await csv([body]);
    expect([answer.status, answer.body['detail']]).toEqual([400, expect.stringContaining(words)]);
  });
});
