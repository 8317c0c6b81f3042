import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import type { OpenApiDocument } from '#web';
import { repair, startIntake, type Answer, type IntakeUnderTest } from '../intake.fixture.ts';

/** Names of fields that a caller may not set: columns among them, and properties that every object has. */
const NOT_THEIRS = [
  ...[
    'owningForce',
    'owning_force',
    'force',
    'id',
    'state',
    'sequence',
    'unit',
    'submittedBy',
    'agreementId',
    'secret',
    'position',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString'],
];
const POLLUTION = { admin: true, prototype: { admin: true } };
/** Nobody listens at this address; nothing is sent before an event occurs. */
const DESTINATION = '127.0.0.1:9';

interface Route {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly example: Record<string, unknown>;
}

let intake: IntakeUnderTest;

beforeAll(async () => {
  intake = await startIntake({ kafka: false, webhooks: { localDestinations: [DESTINATION] } });
  await intake.agree();
});
afterAll(() => intake.stop());

/** Every route that accepts JSON, with a valid body. */
async function routesWithBody(): Promise<Route[]> {
  const document = (await intake.get('/openapi.json')).body as unknown as OpenApiDocument;
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { operationId: id, requestBody }]) => {
      const content = requestBody?.content['application/json'] as
        { example?: Record<string, unknown> } | undefined;
      if (!content) return [];
      return [
        {
          id,
          method: method.toUpperCase(),
          path,
          example: id === 'submitRequest' ? repair() : (content.example ?? {}),
        },
      ];
    }),
  );
}

/** The same body with a member that is valid JSON and that our objects would lose or obey. */
const withMember = (body: object, name: string): string =>
  JSON.stringify(body).replace(
    '{',
    `{${JSON.stringify(name)}:${JSON.stringify(POLLUTION)}${Object.keys(body).length > 0 ? ',' : ''}`,
  );

const codeOf = ({ status, body }: Answer): string => `${status} ${String(body['code'])}`;

async function sent(
  path: string,
  body: string | Buffer,
  contentType: string,
  headers: Record<string, string> = {},
) {
  const token = await intake.identity.forceToken(intake.force);
  const reply = await fetch(`${intake.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': contentType,
      'idempotency-key': newId(),
      ...headers,
    },
    body: new Uint8Array(Buffer.from(body)),
  });
  return { status: reply.status, body: (await reply.json()) as Answer['body'] };
}

describe('a field that a caller may not set', () => {
  it('is refused in the body of every route, and changes no object', async () => {
    const request = String((await intake.submit(repair())).body['id']);
    const webhook = String(
      (await intake.send('POST', '/v1/webhooks', { body: { url: `http://${DESTINATION}/` } })).body['id'],
    );
    const routes = await routesWithBody();
    expect(routes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['submitRequest', 'correctRequest', 'createWebhook', 'redeliver']),
    );
    const taken: string[] = [];
    for (const { id, method, path, example } of routes) {
      const address = path.replace('{id}', path.startsWith('/v1/webhooks') ? webhook : request);
      const nested = 'payload' in example ? [{ ...example, payload: undefined }] : [];
      for (const name of NOT_THEIRS) {
        const bodies = [
          withMember(example, name),
          ...nested.map((rest) =>
            JSON.stringify(rest).replace(
              '{',
              `{"payload":${withMember(example['payload'] as object, name)}${Object.keys(rest).length > 1 ? ',' : ''}`,
            ),
          ),
        ];
        for (const [depth, body] of bodies.entries()) {
          const answer = await intake.send(method, address, {
            body,
            key: newId(),
            ifMatch: path.startsWith('/v1/webhooks') ? '"1"' : undefined,
          });
          if (!['400 invalid-request', '422 invalid-payload', '409 not-correctable'].includes(codeOf(answer)))
            taken.push(`${id} ${name} at ${depth}: ${codeOf(answer)}`);
        }
      }
    }
    expect(taken).toEqual([]);
    expect(['admin' in {}, 'admin' in []]).toEqual([false, false]);
    expect((await intake.get(`/v1/requests/${request}`)).body).toMatchObject({
      state: 'accepted',
      sequence: 0,
      changes: [],
    });
  });

  it('is refused in every line and column of an upload, and changes no object', async () => {
    const lines = NOT_THEIRS.map((name) => withMember(repair(), name));
    const { status, body } = await sent('/v1/bulk', lines.join('\n'), 'application/x-ndjson');
    expect([status, body['accepted'], body['refused']]).toEqual([202, 0, NOT_THEIRS.length]);
    for (const name of NOT_THEIRS) {
      for (const column of [name, `payload.${name}`, `payload.${name}.admin`, `${name}.admin`]) {
        const csv = `reference,payload.vrm,${column}\nR-${newId()},EX26AAA,x\n`;
        const answer = await sent('/v1/bulk?type=vehicle-repair', csv, 'text/csv');
        const refused =
          answer.status === 400 ||
          (answer.status === 202 && answer.body['accepted'] === 0 && answer.body['refused'] === 1);
        expect({ column, refused }).toEqual({ column, refused: true });
      }
    }
    expect(['admin' in {}, 'admin' in []]).toEqual([false, false]);
  });
});

describe('a compressed body', () => {
  const headers = { 'content-encoding': 'gzip' };

  it('is refused and not decompressed, so that a small body cannot become a large one', async () => {
    const one = gzipSync(JSON.stringify(repair({ origin: 'x'.repeat(10_000_000) })));
    const many = gzipSync(`${JSON.stringify(repair())}\n`.repeat(100_000));
    const refused = { status: 415, body: { code: 'unsupported-media-type' } };
    expect(await sent('/v1/requests', one, 'application/json', headers)).toMatchObject(refused);
    expect(await sent('/v1/bulk', many, 'application/x-ndjson', headers)).toMatchObject(refused);
  });
});
