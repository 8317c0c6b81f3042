import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { within } from './within.ts';

describe('a time limit', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());
  const never = new Promise<never>(() => undefined);

  it('returns the result or the error of work that is in time, and leaves no timer', async () => {
    await expect(within(100, Promise.resolve('done'), () => 'late')).resolves.toBe('done');
    await expect(within(100, Promise.reject(new Error('broken')), () => 'late')).rejects.toThrow('broken');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('returns the given value for late work, or throws the given error', async () => {
    const value = within(100, never, () => 'late');
    const fault = within(100, never, () => {
      throw new Error('too late');
    });
    const heard = expect(fault).rejects.toThrow('too late');
    await jest.advanceTimersByTimeAsync(100);
    await expect(value).resolves.toBe('late');
    await heard;
  });

  it('ignores an error of work that is already late', async () => {
    const work = Promise.withResolvers<string>();
    const first = within(100, work.promise, () => 'late');
    await jest.advanceTimersByTimeAsync(100);
    work.reject(new Error('unheard'));
    await expect(first).resolves.toBe('late');
  });
});
