import { describe, expect, it } from '@jest/globals';
import { breakingAsyncApi, breakingOpenApi } from './breaking-changes.ts';

interface Change {
  readonly body?: object;
  readonly answer?: object;
  readonly parameters?: readonly object[];
  readonly codes?: readonly string[];
  readonly status?: number;
}

const TEXT = { type: 'string', maxLength: 80 };
const fields = (properties: object, required: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required,
});
const BODY = fields({ a: TEXT, b: { type: 'string', enum: ['x', 'y'] } }, ['a']);
const ANSWER = fields({ id: { type: 'string' }, state: { anyOf: [{ type: 'string' }] } }, ['id', 'state']);
const LIMIT = { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 100 } };

const documentOf = ({
  body = BODY,
  answer = ANSWER,
  parameters = [LIMIT],
  codes = ['not-found'],
  status = 201,
}: Change = {}) => ({
  paths: {
    '/v1/things': {
      post: {
        parameters,
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
        responses: { [status]: { content: { 'application/json': { schema: answer } } } },
        'x-problem-codes': codes,
      },
    },
  },
  components: { schemas: { Thing: body } },
});

const BREAKS: readonly (Change & { readonly says: string })[] = [
  {
    body: fields({ a: TEXT, b: { type: 'string', enum: ['x', 'y'] } }, ['a', 'b']),
    says: 'POST /v1/things body/b: now required',
  },
  { body: fields({ a: TEXT }, ['a']), says: 'POST /v1/things body/b: removed' },
  {
    body: fields({ a: TEXT, b: { type: 'string', enum: ['x'] } }, ['a']),
    says: 'POST /v1/things body/b: y removed',
  },
  {
    body: fields({ a: { ...TEXT, maxLength: 40 }, b: {} }, ['a']),
    says: 'POST /v1/things body/a: maxLength lowered',
  },
  {
    body: fields({ a: { ...TEXT, minLength: 2 }, b: {} }, ['a']),
    says: 'POST /v1/things body/a: minLength raised',
  },
  {
    body: fields({ a: { ...TEXT, pattern: '^x' }, b: {} }, ['a']),
    says: 'POST /v1/things body/a: pattern changed',
  },
  { body: fields({ a: { type: 'integer' }, b: {} }, ['a']), says: 'POST /v1/things body/a: type changed' },
  { answer: fields({ id: { type: 'string' } }, ['id']), says: 'POST /v1/things 201/state: removed' },
  { answer: { ...ANSWER, required: ['id'] }, says: 'POST /v1/things 201/state: may now be absent' },
  {
    answer: fields({ id: { type: 'string' }, state: { anyOf: [{ type: 'string' }, { type: 'null' }] } }, [
      'id',
      'state',
    ]),
    says: 'POST /v1/things 201/state: may now be "null"',
  },
  { parameters: [], says: 'POST /v1/things query limit: removed' },
  { parameters: [{ ...LIMIT, required: true }], says: 'POST /v1/things query limit: now required' },
  {
    parameters: [{ ...LIMIT, schema: { type: 'integer', maximum: 50 } }],
    says: 'POST /v1/things query limit: maximum lowered',
  },
  { codes: [], says: 'POST /v1/things: problem not-found removed' },
  { status: 202, says: 'POST /v1/things 201: removed' },
];

const HARMLESS: readonly (Change & { readonly what: string })[] = [
  { what: 'nothing' },
  {
    what: 'a new optional field',
    body: fields({ a: TEXT, b: { type: 'string', enum: ['x', 'y'] }, c: TEXT }, ['a']),
  },
  {
    what: 'a wider bound and one more value',
    body: fields({ a: { type: 'string', maxLength: 90 }, b: { type: 'string', enum: ['x', 'y', 'z'] } }, [
      'a',
    ]),
  },
  { what: 'a field that may be left out', body: { ...BODY, required: [] } },
  {
    what: 'one more field in the answer',
    answer: fields({ id: { type: 'string' }, state: { anyOf: [{ type: 'string' }] }, more: TEXT }, [
      'id',
      'state',
      'more',
    ]),
  },
  { what: 'an optional parameter', parameters: [LIMIT, { ...LIMIT, name: 'after' }] },
  { what: 'one more problem', codes: ['not-found', 'busy'] },
];

describe('a change of the OpenAPI document', () => {
  it.each(BREAKS)('is named if it breaks a client: $says', ({ says, ...change }) => {
    expect(breakingOpenApi(documentOf(), documentOf(change))).toEqual([says]);
  });

  it.each(HARMLESS)('is accepted if it breaks no client: $what', ({ what: _what, ...change }) => {
    expect(breakingOpenApi(documentOf(), documentOf(change))).toEqual([]);
  });

  it('is named if it removes a route or a method', () => {
    expect(breakingOpenApi(documentOf(), { paths: {} })).toEqual(['POST /v1/things: removed']);
  });
});

describe('a change of the AsyncAPI document', () => {
  const topics = (action: string, payload: object, messages: readonly string[] = ['m']) => ({
    operations: {
      op: { action, messages: messages.map((name) => ({ $ref: `#/channels/c/messages/${name}` })) },
    },
    components: { messages: { m: { payload } } },
  });

  it('may add a field to a message that is read, but remove none', () => {
    expect(
      breakingAsyncApi(
        topics('receive', fields({ a: TEXT }, ['a'])),
        topics('receive', fields({ a: TEXT, b: TEXT }, ['a', 'b'])),
      ),
    ).toEqual([]);
    expect(
      breakingAsyncApi(topics('receive', fields({ a: TEXT }, ['a'])), topics('receive', fields({}))),
    ).toEqual(['op m/a: removed']);
  });

  it('may not require more in a message that is sent, or remove a message', () => {
    expect(
      breakingAsyncApi(topics('send', fields({ a: TEXT })), topics('send', fields({ a: TEXT }, ['a']))),
    ).toEqual(['op m/a: now required']);
    expect(breakingAsyncApi(topics('send', fields({})), topics('send', fields({}), []))).toEqual([
      'op: m removed',
    ]);
  });
});
