import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { eventually, RunningUnit, deskMoves, type StaffMember } from '#testing';
import { startIntake } from '../intake.fixture.ts';

/** Each value is valid for one of the checks and awkward for PostgreSQL, or the other way round. */
const EXTREMES = [
  '%00',
  'a%00b',
  '%FF',
  '%ED%A0%80',
  '-1',
  '0',
  '2147483648',
  '9223372036854775808',
  '999999999999999999999999',
  '1e400',
  'NaN',
  'infinity',
  '1900-01-01T00:00:00%2B23:59',
  '1900-01-01T00:00:00%2B15:59',
  '2199-12-31T23:59:59.999999999-23:59',
  '2199-12-31T23:59:59.999999999-15:59',
  '0000-01-01T00:00:00Z',
  '%27%3B%20select%201%20--',
  'x'.repeat(5_000),
] as const;

/** Places at which no page ends; only the holder of the key could seal them. */
const PLACES = [
  ['999999999999999999', '999999999999999999'],
  ['9223372036854775808', '0'],
  [-8.64e15 + 1, newId()],
  [8.64e15 - 1, newId()],
  ['1900-01-01T00:00:00+23:59', 0, '999999999999999999'],
  '999999999999999999',
];

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

describe('an extreme parameter', () => {
  let intake: Awaited<ReturnType<typeof startIntake>>;
  let unit: RunningUnit;
  let worker: StaffMember;
  beforeAll(async () => {
    [intake, unit] = await Promise.all([
      startIntake({ kafka: false, webhooks: { localDestinations: ['127.0.0.1:9'] } }),
      RunningUnit.start(deskMoves),
    ]);
    worker = await unit.staff('caseworker');
  });
  afterAll(() => Promise.all([intake?.stop(), unit?.stop()]));

  it('is answered on every route of intake, and never with an internal error', async () => {
    const { paths } = (await intake.get('/openapi.json')).body as unknown as {
      paths: Record<string, Record<string, Operation>>;
    };
    const caller = { kind: 'force', force: intake.force } as const;
    const cursors = ['events', 'requests', 'refusals'].flatMap((list) =>
      PLACES.map((place) => intake.cursors.seal({ list, caller }, place)),
    );
    const asked = Object.entries(paths).flatMap(([path, operations]) => {
      const parameters = operations['get']?.parameters ?? [];
      const places = parameters.filter((one) => one.in === 'path').map((one) => one.name);
      const filled = (value: string): string => path.replaceAll(/\{[^}]+\}/g, value);
      return [
        ...(operations['get'] && places.length > 0 ? EXTREMES.map(filled) : []),
        ...parameters
          .filter((one) => one.in === 'query')
          .flatMap(({ name }) =>
            [...EXTREMES, ...cursors].map((value) => `${filled(newId())}?${name}=${value}`),
          ),
      ];
    });
    expect(asked.length).toBeGreaterThan(200);
    const failed: string[] = [];
    for (const path of asked) {
      const { status } = await intake.get(path);
      if (status >= 500) failed.push(`${status} ${path}`);
    }
    expect(failed).toEqual([]);
  });

  it('is answered by the redeliveries of a webhook', async () => {
    const made = await intake.send('POST', '/v1/webhooks', { body: { url: 'http://127.0.0.1:9/hooks' } });
    expect(made.status).toBe(201);
    const id = String(made.body['id']);
    for (const moment of EXTREMES.map(decodeLoosely)) {
      for (const name of ['since', 'until']) {
        const { status } = await intake.send('POST', `/v1/webhooks/${id}/redeliveries`, {
          body: { [name]: moment },
        });
        expect([name, moment, [202, 400, 422].includes(status)]).toEqual([name, moment, true]);
      }
    }
  });

  it('is answered by bulk uploads', async () => {
    for (const type of EXTREMES) {
      const headers = {
        'content-type': 'text/csv',
        'idempotency-key': newId(),
        authorization: await bearer(),
      };
      const { status } = await intake.call('POST', `/v1/bulk?type=${type}`, headers, 'reference\nx\n');
      expect([type, status < 500]).toEqual([type, true]);
    }
  });

  it('is answered by the queue and the requests of a unit', async () => {
    const id = await unit.submit({ force: unit.forces[0], type: deskMoves.requestTypes[0] as never });
    await eventually(async () => (await worker.get(`/v1/requests/${id}`)).status === 200);
    const names = ['group', 'state', 'assignee', 'type', 'force', 'cursor', 'limit'];
    const scope = {
      list: 'queue',
      caller: { kind: 'staff', unit: unit.definition.slug, person: worker.person },
    } as const;
    const cursors = PLACES.map((place) => unit.cursors.seal(scope, place));
    const queries = names.flatMap((name) =>
      [...EXTREMES, ...cursors].map((value) => `/v1/queue?${name}=${value}`),
    );
    for (const path of [...queries, ...EXTREMES.map((value) => `/v1/requests/${value}`)]) {
      const { status } = await worker.get(path);
      expect([path, status < 500]).toEqual([path, true]);
    }
    for (const value of EXTREMES) {
      for (const path of [`/v1/requests/${value}/claim`, `/v1/requests/${id}/${value}`]) {
        const { status } = await worker.post(path, {}, { 'if-match': '"1"' });
        expect([path, status < 500]).toEqual([path, true]);
      }
    }
  });

  const bearer = async (): Promise<string> => `Bearer ${await intake.identity.forceToken(intake.force)}`;
});

/** Decodes percent signs; text without them stays as it is. */
function decodeLoosely(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
