import { describe, expect, it } from '@jest/globals';
import { isTraceparent } from '#contracts';
import { entityTag, isVersionRead, optionalVersion, requireVersion } from './entity-tag.ts';
import { requireIdempotencyKey } from './idempotency-key.ts';
import { nextLink } from './link.ts';
import { continueTrace, traceIdOf } from './trace.ts';

describe('If-Match', () => {
  it('reads the version of an entity tag', () => {
    expect(requireVersion(entityTag(12))).toBe(12);
    expect(optionalVersion(undefined)).toBeUndefined();
  });

  it.each([undefined, '', '*'])('is refused without a version: %p', (header) => {
    expect(() => requireVersion(header)).toThrow(expect.objectContaining({ code: 'version-required' }));
  });

  it.each([
    ['"1", "3"', [1, 3]],
    ['"1","3"', [1, 3]],
    [' , "three" ,, "3"\t,', 3],
    ['"a,b", W/"2", "3"', 3],
  ])('reads the list %s as versions, one of which must be the current one', (header, versions) => {
    const read = requireVersion(header);
    expect(read).toEqual(versions);
    expect([isVersionRead(3, read), isVersionRead(2, read)]).toEqual([true, false]);
  });

  it.each(['W/"3"', 'W/"3", W/"4"', '3', '"three"', '"3" "4"', '"3", 4', '"3", *', '"-1"', '"3'])(
    'takes %s for a tag that matches nothing',
    (header) => {
      const read = requireVersion(header);
      expect([1, 2, 3, 4].filter((version) => isVersionRead(version, read))).toEqual([]);
    },
  );
});

describe('Idempotency-Key', () => {
  it('takes 1 to 128 visible ASCII characters, and the quoted form as the same key', () => {
    expect(requireIdempotencyKey('a')).toBe('a');
    expect(requireIdempotencyKey('k'.repeat(128))).toHaveLength(128);
    expect(requireIdempotencyKey('"8e03978e-40d5"')).toBe('8e03978e-40d5');
  });

  it.each([undefined, '', 'k'.repeat(129), 'two words', 'one, two', 'é', 'tab\t'])('refuses %p', (header) => {
    expect(() => requireIdempotencyKey(header)).toThrow(
      expect.objectContaining({ code: 'missing-idempotency-key' }),
    );
  });
});

describe('traceparent', () => {
  const incoming = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';

  it('continues the trace of the caller under a new parent id, keeping its sampling flag', () => {
    const ours = continueTrace(incoming);
    expect(ours).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-00$/);
    expect(ours).not.toBe(incoming);
  });

  it.each([undefined, 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, [incoming]])(
    'starts a trace instead of %p',
    (header) => {
      const ours = continueTrace(header);
      expect(isTraceparent(ours)).toBe(true);
      expect(traceIdOf(ours)).not.toBe('0'.repeat(32));
    },
  );

  it('gives every new trace its own id', () => {
    const ids = new Set(Array.from({ length: 1_000 }, () => traceIdOf(continueTrace(undefined))));
    expect(ids.size).toBe(1_000);
  });
});

it('links to the next page with every filter of this one', () => {
  expect(nextLink('/v1/requests?state=queued&cursor=old&limit=5', 'new')).toBe(
    '</v1/requests?state=queued&cursor=new&limit=5>; rel="next"',
  );
});

it('the next page keeps a question mark inside a parameter', () => {
  expect(nextLink('/v1/requests?reference=WHY?&limit=5', 'new')).toBe(
    '</v1/requests?reference=WHY%3F&limit=5&cursor=new>; rel="next"',
  );
});

it('the next page keeps a line break inside a parameter encoded', () => {
  expect(nextLink('/v1/requests?note=%0d%0aset-cookie:%20stolen', 'new')).toBe(
    '</v1/requests?note=%0D%0Aset-cookie%3A+stolen&cursor=new>; rel="next"',
  );
});
