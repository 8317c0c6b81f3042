import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { DescribedAnswers } from '#testing';
import { everyUnitOpenApi } from './describe-api/unit.open-api.ts';
import { STAFF_COMMANDS } from './index.ts';

interface Content {
  readonly 'application/json'?: { readonly schema: object; readonly example?: unknown };
}

const document = everyUnitOpenApi();
const described = new DescribedAnswers(document);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);
const answers = operations.flatMap(({ method, path, operation }) =>
  Object.entries(operation.responses as Record<string, { content?: Content }>)
    .map(([status, { content }]) => ({ status, body: content?.['application/json']?.example }))
    .filter(({ body }) => body !== undefined)
    .map(({ status, body }) => ({
      method,
      path: path.replaceAll(/\{[^}]+\}/g, 'FLT-26-000123'),
      status: Number(status),
      contentType: 'application/json',
      body,
    })),
);
const bodies = operations.flatMap(({ method, path, operation }) => {
  const json = (operation.requestBody?.content as Content | undefined)?.['application/json'];
  return json ? [{ method, path, json }] : [];
});

describe('the description of the staff API', () => {
  it.each(answers.map((example) => [`${example.method} ${example.path}`, example] as const))(
    'has an example of the answer of %s that its schema accepts',
    (_, example) => {
      expect(described.faults(example)).toEqual([]);
    },
  );

  it.each(bodies.map((body) => [`${body.method} ${body.path}`, body] as const))(
    'has an example of the body of %s that its schema accepts',
    (_, { json }) => {
      const ajv = new Ajv2020({ strict: false });
      formats.default(ajv);
      const accepts = ajv.compile({ ...json.schema, components: document.components });
      expect(json.example).toBeDefined();
      expect({ valid: accepts(json.example), errors: accepts.errors }).toEqual({ valid: true, errors: null });
    },
  );

  it('has an operation of its own for each command', () => {
    const commands = operations.map(({ path }) => /^\/v1\/requests\/\{reference\}\/(.+)$/.exec(path)?.[1]);
    expect(commands).toEqual(expect.arrayContaining([...STAFF_COMMANDS]));
    expect(answers.length).toBeGreaterThanOrEqual(4);
  });
});
