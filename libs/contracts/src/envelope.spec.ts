import { describe, expect, it } from '@jest/globals';
import { decodeEnvelope, encodeEnvelope, parseBoundedJson, Refusal, type WireMessage } from './index.ts';

const message: WireMessage = encodeEnvelope({
  id: 'm-1',
  source: '/force/bedfordshire',
  type: 'concordat.submit-request.v1',
  time: '2026-03-02T09:30:00Z',
  owningForce: 'bedfordshire',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  value: { hello: 'world' },
});

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'taken';
};

describe('an envelope', () => {
  it('is decoded as it was encoded, with every attribute as a header and none undefined', () => {
    expect(Object.values(message.headers).every((value) => typeof value === 'string')).toBe(true);
    expect(decodeEnvelope(message)).toEqual({
      id: 'm-1',
      source: '/force/bedfordshire',
      type: 'concordat.submit-request.v1',
      time: '2026-03-02T09:30:00Z',
      owningForce: 'bedfordshire',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      value: { hello: 'world' },
    });
  });

  it('drops a malformed trace instead of refusing the request', () => {
    expect(
      decodeEnvelope({ ...message, headers: { ...message.headers, ce_traceparent: 'x' } }).traceparent,
    ).toBeUndefined();
  });

  it.each([
    ['no value', { ...message, value: null }, 'malformed-json'],
    ['no id', { ...message, headers: { ...message.headers, ce_id: '' } }, 'invalid-request'],
    [
      'an id of 201 characters',
      { ...message, headers: { ...message.headers, ce_id: 'x'.repeat(201) } },
      'invalid-request',
    ],
    [
      'another CloudEvents version',
      { ...message, headers: { ...message.headers, ce_specversion: '0.3' } },
      'invalid-request',
    ],
    [
      'a bare date as time',
      { ...message, headers: { ...message.headers, ce_time: '2026-03-02' } },
      'invalid-request',
    ],
    [
      'another content type',
      { ...message, headers: { ...message.headers, 'content-type': 'text/xml' } },
      'unsupported-media-type',
    ],
    ['bad JSON', { ...message, value: Buffer.from('{') }, 'malformed-json'],
    ['bytes that are not UTF-8', { ...message, value: Buffer.from([0x22, 0xff, 0x22]) }, 'malformed-json'],
  ])('with %s is refused with its reason', (_, wire, code) => {
    expect(refusal(() => decodeEnvelope(wire as WireMessage))).toBe(code);
  });
});

it.each([
  'application/json',
  'Application/JSON',
  'application/json; charset=utf-8',
  'application/cloudevents+json',
])('a message of the media type %s is read, as HTTP would read it', (type) => {
  expect(decodeEnvelope({ ...message, headers: { ...message.headers, 'content-type': type } }).id).toBe(
    message.headers['ce_id'],
  );
});

describe('bounded JSON', () => {
  it.each([
    ['a body over its bytes', Buffer.alloc(300 * 1024, 0x20), 'too-large'],
    ['100,000 open brackets', Buffer.from('['.repeat(100_000)), 'too-deep'],
    ['a field called __proto__', Buffer.from('{"a":[{"__proto__":{"admin":true}}]}'), 'invalid-request'],
    ['NUL, which PostgreSQL cannot store', Buffer.from('{"a":["x\\u0000"]}'), 'invalid-request'],
    ['half a character', Buffer.from('{"a":"\\ud83d"}'), 'invalid-request'],
    [
      'a field called __proto__ in escapes',
      Buffer.from('{"\\u005f_proto__":{"admin":true}}'),
      'invalid-request',
    ],
  ])('refuses %s', (_, bytes, code) => {
    expect(refusal(() => parseBoundedJson(bytes))).toBe(code);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each(['{"name": "Invented Person" \0}', '\0', 'Invented Person', '{"a":'])(
    'says of %j that it is no JSON, and quotes nothing of it',
    (text) => {
      const refused = (): unknown => parseBoundedJson(Buffer.from(text));
      expect(refused).toThrow(/^The body is not valid JSON( at position \d+)?\.$/);
    },
  );

  it('accepts brackets and the word __proto__ inside a text', () => {
    expect(
      parseBoundedJson(Buffer.from(JSON.stringify({ text: '[[[[[[[[[[[[[[[[[[[[[[ __proto__ \\" {{{{' }))),
    ).toEqual({
      text: '[[[[[[[[[[[[[[[[[[[[[[ __proto__ \\" {{{{',
    });
  });
});
