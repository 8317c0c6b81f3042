import { describe, expect, it } from '@jest/globals';
import { canonicalJson, contentHash, forcesFrom, isUuid, newId, sandboxesFrom } from './index.ts';

describe('an id', () => {
  it('is a unique UUID of version 7, and later ids sort after earlier ones', () => {
    const ids = Array.from({ length: 20_000 }, () => newId());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isUuid)).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(ids[0]?.[14]).toBe('7');
  });

  it('has its time in the first 48 bits', () => {
    const moment = Date.UTC(2199, 0, 1);
    expect(parseInt(newId(moment).replaceAll('-', '').slice(0, 12), 16)).toBe(moment);
  });
});

describe('the hash of a content', () => {
  it('does not depend on the order of the keys, and changes with every value', () => {
    expect(contentHash({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
      contentHash({ a: true, b: [1, { c: 'x', d: null }] }),
    );
    expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: '1' }));
    expect(canonicalJson({ b: undefined, a: 'é"' })).toBe('{"a":"é\\""}');
  });
});

describe('the forces', () => {
  it('are the three of the alliance unless configured', () => {
    expect(forcesFrom({}).map(({ slug, code }) => [slug, code])).toEqual([
      ['bedfordshire', '40'],
      ['cambridgeshire', '35'],
      ['hertfordshire', '41'],
    ]);
  });

  it('can be configured, and an error names a malformed entry', () => {
    expect(forcesFrom({ CONCORDAT_FORCES: 'essex|Essex Police|42' })).toEqual([
      { slug: 'essex', name: 'Essex Police', code: '42', sandbox: false },
    ]);
    expect(() => forcesFrom({ CONCORDAT_FORCES: 'Essex|Essex Police|42' })).toThrow('Essex|Essex Police|42');
  });

  it('do not include the sandbox, which is separate and can be switched off', () => {
    expect(sandboxesFrom({}).map(({ slug, sandbox }) => [slug, sandbox])).toEqual([['testshire', true]]);
    expect(sandboxesFrom({ CONCORDAT_SANDBOX: 'on' })).toEqual(sandboxesFrom({}));
    expect(sandboxesFrom({ CONCORDAT_SANDBOX: 'off' })).toEqual([]);
    expect(() => sandboxesFrom({ CONCORDAT_SANDBOX: 'no' })).toThrow('CONCORDAT_SANDBOX');
    expect(() => forcesFrom({ CONCORDAT_FORCES: 'testshire|Testshire Police|42' })).toThrow(
      'testshire is the name of the sandbox',
    );
  });
});
