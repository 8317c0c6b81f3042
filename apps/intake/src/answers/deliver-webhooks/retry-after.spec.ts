import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from './retry-after.ts';

const now = new Date('1994-11-06T08:49:07Z');

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 30_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 30_000],
    ['Sun Nov  6 08:49:37 1994', 30_000],
    ['Sun, 06 Nov 1994 08:49:00 GMT', 0],
  ])('%p is a wait', (header, wait) => {
    expect(retryAfterMs(header, now)).toBe(wait);
  });

  it.each([undefined, '', 'soon', '-5', '1.5', '1994-11-06T08:49:37Z', 'Sun, 99 Nov 1994 08:49:37 GMT'])(
    '%p is ignored',
    (header) => {
      expect(retryAfterMs(header, now)).toBeUndefined();
    },
  );
});
