import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { readFile } from 'node:fs/promises';
import { parseCatalogue, unitsOf } from '#agreements';
import { newId } from '#kernel';
import { agreementOf, repair, startIntake, type IntakeUnderTest } from '../intake.fixture.ts';

/** Reads the document as its readers do. */
interface Read {
  readonly openapi: string;
  readonly paths: Record<
    string,
    Record<
      string,
      {
        requestBody?: {
          content: Record<
            string,
            { examples?: Record<string, { value: { reference: string; payload: object } }> }
          >;
        };
      }
    >
  >;
}

let intake: IntakeUnderTest;
let units: string[];

beforeAll(async () => {
  units = unitsOf(parseCatalogue(await readFile('deploy/catalogue.json', 'utf8')));
  intake = await startIntake({ kafka: false, units });
  for (const unit of units) await intake.agree(agreementOf([intake.force], { unit }));
});
afterAll(() => intake.stop());

const open = (path: string): Promise<Response> => fetch(`${intake.url}${path}`);

describe('the description of intake', () => {
  it('is given to anyone, with an example of each request type that works as printed', async () => {
    const response = await open('/openapi.json');
    expect(response.headers.get('content-type')).toBe('application/json');
    const document = (await response.json()) as Read;
    expect(document.openapi).toBe('3.1.0');
    const examples =
      document.paths['/v1/requests']?.['post']?.requestBody?.content['application/json']?.examples ?? {};
    const { items } = (await (await open('/schemas')).json()) as {
      items: { name: string; version: number }[];
    };
    expect(items.filter(({ name, version }) => !(`${name}.v${version}.1` in examples))).toEqual([]);
    const taken: Record<string, unknown> = {};
    for (const [name, { value }] of Object.entries(examples)) {
      const { status, body } = await intake.submit(value, newId());
      taken[name] = status === 201 ? 201 : body;
    }
    expect(taken).toEqual(Object.fromEntries(Object.keys(examples).map((name) => [name, 201])));
  });

  it('is the same at the address of each type: a JSON Schema that accepts its examples, and no payload with a field of another type', async () => {
    const { items } = (await (await open('/schemas')).json()) as {
      items: { name: string; version: number; schema: string }[];
    };
    const document = (await (await open('/openapi.json')).json()) as Read;
    const examples =
      document.paths['/v1/requests']?.['post']?.requestBody?.content['application/json']?.examples ?? {};
    expect(items.length).toBeGreaterThan(10);
    for (const { name, version, schema } of items) {
      expect(schema).toBe(`/schemas/${name}/${version}`);
      const published = (await (await open(schema)).json()) as { $schema: string; $id: string };
      expect(published).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: schema,
      });
      const ajv = new Ajv2020({ strict: false });
      formats.default(ajv);
      const takes = ajv.compile(published);
      const payload = examples[`${name}.v${version}.1`]?.value.payload;
      expect([name, takes(payload), takes({ ...payload, surprise: 1 })]).toEqual([name, true, false]);
    }
  });

  it('states the rules over several fields and the fields of an answer, the same for REST and Kafka', async () => {
    const published = (await (await open('/schemas/vehicle-repair/1')).json()) as object;
    const answer = (await (await open('/schemas/vehicle-repair/1/answer')).json()) as {
      $id: string;
      properties: object;
    };
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    const takes = ajv.compile(published);
    const offRoad = { ...(repair()['payload'] as object), offRoad: true };
    expect(takes(offRoad)).toBe(true);
    expect(takes(JSON.parse(JSON.stringify({ ...offRoad, offRoadSince: undefined })))).toBe(false);
    expect(takes(JSON.parse(JSON.stringify({ ...offRoad, offRoadReason: undefined })))).toBe(false);
    expect(answer).toMatchObject({
      properties: { odometerMiles: { type: 'integer' }, backOnRoadAt: { 'x-past': true } },
    });
    const sentence: unknown = expect.stringContaining(
      'Give the time since when the vehicle has been off the road (when `offRoad` is true).',
    );
    const { components: rest } = (await (await open('/openapi.json')).json()) as { components: object };
    const { components: kafka } = (await (await open('/asyncapi.json')).json()) as { components: object };
    const told = { properties: answer.properties };
    expect(published).toMatchObject({ description: sentence });
    expect(rest).toMatchObject({
      schemas: {
        'vehicle-repair.v1': { properties: { payload: { description: sentence } } },
        'vehicle-repair.v1.answer': told,
      },
    });
    expect(kafka).toMatchObject({
      schemas: { 'vehicle-repair.v1.payload': { description: sentence }, 'vehicle-repair.v1.answer': told },
    });
    expect((await open('/schemas/vehicle-repair/99/answer')).status).toBe(404);
  });

  it('has the topics that a force writes and reads, and no other', async () => {
    const document = (await (await open('/asyncapi.json')).json()) as {
      asyncapi: string;
      channels: Record<string, { address: string }>;
    };
    expect(document.asyncapi).toBe('3.1.0');
    expect(Object.values(document.channels).map(({ address }) => address)).toEqual([
      'force.{force}.requests.v1',
      'force.{force}.events.v1',
    ]);
  });

  it('can be browsed: every file of the page is served here, and a policy allows none from elsewhere', async () => {
    const response = await open('/docs');
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toContain(
      "default-src 'none'; script-src 'self';",
    );
    expect(page).not.toMatch(/<script>|<style|https?:|\son\w+=/);
    const parts = [...page.matchAll(/(?:src|href)="((?!data:)[^"]+)"/g)].map(([, part = '']) => part);
    expect(parts).toEqual([
      'docs/swagger-ui.css',
      'docs/swagger-ui-bundle.js',
      'docs/start.js',
      'openapi.json',
    ]);
    for (const part of parts)
      expect({ part, status: (await open(`/${part}`)).status }).toEqual({ part, status: 200 });
  });

  it('serves no other file of the package', async () => {
    for (const part of ['package.json', '..%2Fpackage.json', 'swagger-ui.js', 'constructor', '__proto__']) {
      expect({ part, status: (await open(`/docs/${part}`)).status }).toEqual({ part, status: 404 });
    }
  });
});
