import { describe, expect, it } from '@jest/globals';
import type { OpenApiDocument } from '#web';
import { DescribedAnswers, type AnswerSeen } from './described-answers.ts';

const thing = {
  type: 'object',
  properties: { id: { type: 'string', format: 'uuid' }, n: { type: 'integer' } },
  required: ['id'],
};
const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: { title: 'A service' },
  servers: [],
  tags: [],
  paths: {
    '/v1/things/{id}': {
      get: {
        operationId: 'readThing',
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
          404: {
            content: {
              'application/problem+json': {
                schema: { properties: { code: { enum: ['not-found'] } }, required: ['code'] },
              },
            },
          },
        },
        'x-problem-codes': ['not-found'],
      },
      delete: { operationId: 'deleteThing', responses: { 204: {} }, 'x-problem-codes': [] },
    },
  },
  components: { schemas: { Thing: thing } },
};

const answers = new DescribedAnswers(document);
const good: AnswerSeen = {
  method: 'GET',
  path: '/v1/things/1?x=y',
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: { id: '0190a5c8-0000-7000-8000-000000000000', more: true },
};

describe('an answer', () => {
  it('is as described, and may say more', () => {
    expect(answers.faults(good)).toEqual([]);
    expect(
      answers.faults({ ...good, method: 'DELETE', status: 204, contentType: null, body: undefined }),
    ).toEqual([]);
    expect(answers.faults({ ...good, path: '/elsewhere', status: 404 })).toEqual([]);
  });

  it.each<[string, Partial<AnswerSeen>]>([
    ['a field of another kind', { body: { id: 'x' } }],
    ['a field that is missing', { body: {} }],
    ['a status that is not described', { status: 418 }],
    ['another type', { contentType: 'text/html' }],
    [
      'a code that is not described',
      { status: 404, contentType: 'application/problem+json', body: { code: 'gone' } },
    ],
    ['a body where there should be none', { method: 'DELETE', status: 204 }],
    ['a route that is not described', { path: '/elsewhere' }],
  ])('is found to differ: %s', (_, change) => {
    expect(answers.faults({ ...good, ...change })).not.toEqual([]);
  });
});
