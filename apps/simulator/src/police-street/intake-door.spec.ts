import { describe, expect, it } from '@jest/globals';
import { retryAfterMs, untilDefinite } from '../attach/retry.ts';
import { ConnectionLost, type HttpAnswer } from '../attach/json-http.ts';
import { outcomeOf } from './intake-door.ts';

const SINCE = new Date('2026-03-02T10:00:00Z');
const answer = (status: number, body: unknown = null, headers: Record<string, string> = {}): HttpAnswer => ({ status, body, headers });
const settled = (given: HttpAnswer, uncertainBefore = false) => ({ answer: given, uncertainBefore });

describe("what intake's answer means for a row", () => {
  it('counts a fresh 201 as accepted, a replay and a 200 as duplicates', () => {
    expect(outcomeOf(settled(answer(201)), SINCE)).toEqual({ kind: 'accepted' });
    expect(outcomeOf(settled(answer(201, { receivedAt: '2026-03-01T10:00:00Z' }, { 'idempotent-replayed': 'true' })), SINCE)).toEqual({
      kind: 'duplicate',
    });
    expect(outcomeOf(settled(answer(200, { receivedAt: '2026-03-02T10:00:01Z' })), SINCE)).toEqual({ kind: 'duplicate' });
  });

  it("counts a replay as this run's own when an earlier attempt of it went unanswered", () => {
    const replay = (receivedAt: string): HttpAnswer => answer(201, { receivedAt }, { 'idempotent-replayed': 'true' });
    expect(outcomeOf(settled(replay('2026-03-02T10:00:01Z'), true), SINCE)).toEqual({ kind: 'accepted' });
    expect(outcomeOf(settled(replay('2026-03-01T10:00:01Z'), true), SINCE)).toEqual({ kind: 'duplicate' });
  });

  it('takes the place of the first submission from the conflict', () => {
    const problem = { code: 'reference-conflict', existing: { id: 'x', origin: 'a.csv:7' } };
    expect(outcomeOf(settled(answer(409, problem)), SINCE)).toEqual({ kind: 'conflict', with: 'a.csv:7' });
  });

  it('gives the reason of a refusal with its pointers', () => {
    const problem = { code: 'invalid-payload', detail: 'does not fit', errors: [{ pointer: '/payload/location', detail: 'must be text' }] };
    expect(outcomeOf(settled(answer(422, problem)), SINCE)).toEqual({
      kind: 'refused',
      why: '422 invalid-payload: does not fit /payload/location must be text',
    });
  });
});

describe('a call that is safe to repeat', () => {
  it('is repeated over a lost connection and a busy answer until it is definite', async () => {
    const answers = [new ConnectionLost('gone'), answer(503, { kind: 'system' }), answer(201)];
    const call = async (): Promise<HttpAnswer> => {
      const next = answers.shift();
      if (next instanceof Error) throw next;
      return next as HttpAnswer;
    };
    await expect(untilDefinite(call, { giveUpAfterMs: 10_000 })).resolves.toMatchObject({ answer: { status: 201 }, uncertainBefore: true });
  });

  it('is given up at once when the next wait would pass the limit', async () => {
    await expect(untilDefinite(async () => answer(503, null, { 'retry-after': '30' }), { giveUpAfterMs: 1_000 })).rejects.toThrow('503');
  });

  it('reads Retry-After in seconds and as a date', () => {
    const now = Date.parse('2026-03-02T10:00:00Z');
    expect([retryAfterMs('2', now), retryAfterMs('Mon, 02 Mar 2026 10:00:05 GMT', now), retryAfterMs('soon', now)]).toEqual([
      2000, 5000, 0,
    ]);
  });
});
