import { describe, expect, it } from '@jest/globals';
import { eventually, uniqueSlug } from './index.ts';

describe('eventually', () => {
  it('returns the first truthy answer', async () => {
    let asked = 0;
    expect(await eventually(() => (++asked === 3 ? 'there' : undefined), { everyMs: 1 })).toBe('there');
    expect(asked).toBe(3);
  });

  it('goes on after an error, and throws the last one when the time is over', async () => {
    const failing = eventually(() => Promise.reject(new Error('not yet')), {
      withinMs: 10,
      everyMs: 1,
      says: 'a row',
    });
    await expect(failing).rejects.toThrow('a row did not come within 10 ms; last: not yet');
  });
});

describe('uniqueSlug', () => {
  it('is a valid slug and never the same', () => {
    expect(uniqueSlug('force')).toMatch(/^force-[a-z]{10}$/);
    expect(uniqueSlug('force')).not.toBe(uniqueSlug('force'));
  });
});
