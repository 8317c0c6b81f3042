import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { eventually } from '#testing';
import { repair, startIntake, type IntakeUnderTest } from '../intake.fixture.ts';

let intake: IntakeUnderTest;

beforeAll(async () => {
  intake = await startIntake({ kafka: false, forceLimits: new Map([['*', { perSecond: 1, atOnce: 100 }]]) });
  await intake.agree();
});
afterAll(() => intake.stop());

describe('a force that exceeds its limit', () => {
  it('is asked to wait while another force is served; a refused call leaves nothing, and is accepted later', async () => {
    const sent = Array.from({ length: 60 }, () => ({ body: repair(), key: newId() }));
    const answers = await Promise.all(
      sent.map(async ({ body, key }) => ({ body, key, answer: await intake.submit(body, key) })),
    );
    const refused = answers.find(({ answer }) => answer.status === 429);
    expect(refused?.answer.body).toMatchObject({ code: 'too-many-requests', kind: 'system', status: 429 });
    expect(refused?.answer.headers.get('retry-after')).toBe('1');
    expect(refused?.answer.headers.get('ratelimit-policy')).toBe(
      '"default";q=1;w=1, "at-once";q=100;qu="concurrent-requests"',
    );
    expect(refused?.answer.headers.get('ratelimit')).toMatch(/^"default";r=0;t=1, "at-once";r=\d+$/);
    expect(new Set(answers.map(({ answer }) => answer.status))).toEqual(new Set([201, 429]));

    const quiet = await intake.get('/v1/requests?limit=1', intake.other);
    expect(quiet.status).toBe(200);
    expect(quiet.headers.get('ratelimit')).toBe('"default";r=0;t=1, "at-once";r=99');

    const stored = await intake.rows<{ reference: string }>('select reference from request');
    const taken = answers.filter(({ answer }) => answer.status === 201).map(({ body }) => body['reference']);
    expect(stored.map(({ reference }) => reference).toSorted()).toEqual(taken.toSorted());
    const later = await eventually(async () => {
      const again = await intake.submit(refused?.body, refused?.key);
      return again.status !== 429 && again;
    });
    expect(later.status).toBe(201);
    expect(later.headers.get('idempotent-replayed')).toBeNull();
  });
});
