import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing';
import { startIntake, type IntakeUnderTest } from '../../intake.fixture.ts';
import { keepRefusals, type RefusedSubmission } from '../../take-in/keep-refusals/refusal.store.ts';

const COUNT = 40;
/** The size of the largest body over Kafka. */
const SIZE = 250_000;

describe('a page of large refusals', () => {
  let intake: IntakeUnderTest;
  beforeAll(async () => {
    intake = await startIntake({ kafka: false });
    const code = 'invalid-payload' as const;
    const problem = {
      type: `urn:concordat:problem:${code}`,
      title: 'x',
      status: 422,
      detail: 'x',
      code,
      kind: 'business' as const,
    };
    const refusals = Array.from({ length: COUNT }, (_, n): RefusedSubmission => {
      const sent = n % 2 === 0 ? { body: { text: 'x'.repeat(SIZE) } } : { bytes: Buffer.alloc(SIZE, 'y') };
      const kept = {
        channel: 'kafka' as const,
        problem,
        repeatKey: `k ${n}`,
        reference: null,
        messageId: `m${n}`,
        receiptHash: null,
      };
      return { ...kept, ...sent, submittedBy: 'x', lawEnforcement: false };
    });
    for (const refusal of refusals)
      await intake.own.transaction([intake.force], (client) => keepRefusals(client, intake.force, [refusal]));
    const last = (await intake.rows<{ xid: string }>('select max(xid)::text as xid from refusal'))[0]?.xid;
    // Lists end before the oldest open transaction, and other tests have theirs beside this one.
    await eventually(async () => {
      const { rows } = await intake.own.transaction([], (client) =>
        client.query<{ ended: boolean }>(
          'select pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 as ended',
          [last],
        ),
      );
      return rows[0]?.ended;
    });
  });
  afterAll(() => intake?.stop());

  it('ends before its bodies exceed 4 MB, and continues without loss or repeat', async () => {
    const seen: unknown[] = [];
    let pages = 0;
    let query = '';
    do {
      const { status, body, headers } = await intake.get(`/v1/refusals?limit=1000${query}`);
      expect(status).toBe(200);
      const items = body['items'] as { messageId: string }[];
      expect(items.length).toBeGreaterThan(0);
      expect(JSON.stringify(items).length).toBeLessThan(6_000_000);
      seen.push(...items.map(({ messageId }) => messageId));
      pages += 1;
      const next = body['next'] as string | undefined;
      expect(headers.get('link') === null).toBe(next === undefined);
      query = next === undefined ? '' : `&cursor=${next}`;
    } while (query !== '');
    expect(seen).toEqual(Array.from({ length: COUNT }, (_, n) => `m${n}`));
    expect(pages).toBe(3);
  });

  it('shows bytes that were not JSON as base64 in one line, which every decoder accepts', async () => {
    const { body } = await intake.get('/v1/refusals?limit=2');
    const { bytes } = (body['items'] as { bytes: string | null }[])[1]!;
    expect(bytes).toBe(Buffer.alloc(SIZE, 'y').toString('base64'));
  });
});
