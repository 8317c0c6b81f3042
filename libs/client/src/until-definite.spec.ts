import { describe, expect, it } from '@jest/globals';
import { ConnectionLost, GaveUp, retryAfterMs, untilDefinite, type Answer } from './until-definite.ts';

const answer = (status: number, error?: unknown, headers: Record<string, string> = {}): Answer => ({
  response: new Response(null, { status, headers }),
  error,
});

/** Returns the next of these answers at each call. */
const oneByOne = (given: (Answer | Error)[]) => async (): Promise<Answer> => {
  const next = given.shift();
  if (next instanceof Error) throw next;
  return next as Answer;
};

describe('a call that is safe to repeat', () => {
  it('is repeated after a lost connection and a busy answer until the answer is definite', async () => {
    const call = oneByOne([new ConnectionLost('gone'), answer(503, { kind: 'system' }), answer(201)]);
    const { answer: last, uncertainBefore } = await untilDefinite(call, { giveUpAfterMs: 10_000 });
    expect([last.response.status, uncertainBefore]).toEqual([201, true]);
  });

  it('is certain when every earlier attempt was refused with 429 or 503', async () => {
    const call = oneByOne([answer(429), answer(503), answer(409, { kind: 'business' })]);
    const { answer: last, uncertainBefore } = await untilDefinite(call, { giveUpAfterMs: 10_000 });
    expect([last.response.status, uncertainBefore]).toEqual([409, false]);
  });

  it('ends at once when the next wait would exceed the limit', async () => {
    const busy = async (): Promise<Answer> => answer(503, { code: 'busy' }, { 'retry-after': '30' });
    await expect(untilDefinite(busy, { giveUpAfterMs: 1_000 })).rejects.toThrow(new GaveUp('503 busy'));
  });

  it('throws an error that a repeat cannot correct', async () => {
    await expect(
      untilDefinite(oneByOne([new TypeError('a fault of ours')]), { giveUpAfterMs: 1_000 }),
    ).rejects.toThrow(TypeError);
  });

  it('reads Retry-After in seconds and as a date', () => {
    const now = Date.parse('2026-03-02T10:00:00Z');
    expect(
      ['2', 'Mon, 02 Mar 2026 10:00:05 GMT', 'soon', null].map((header) => retryAfterMs(header, now)),
    ).toEqual([2000, 5000, 0, 0]);
  });
});
