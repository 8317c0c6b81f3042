import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { BulkController } from './bulk.controller.ts';
import { SubmitInBulk, type BulkCommand } from './submit-in-bulk.ts';

describe('an upload', () => {
  it('is read a few lines at a time, however many lines a chunk holds', async () => {
    const atOnce: number[] = [];
    const reader = { push: (lines: readonly unknown[]) => (atOnce.push(lines.length), []), end: () => [] };
    const command = {
      reader,
      body: Readable.from([Buffer.from('x\n'.repeat(10_000))]),
    } as unknown as BulkCommand;
    await expect(new SubmitInBulk({} as never, {} as never).take(command)).rejects.toThrow(
      'contains no submission',
    );
    expect(atOnce.reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(Math.max(...atOnce)).toBeLessThanOrEqual(100);
  });

  it('that ended while its token was checked does not count towards the limit of its force', async () => {
    const waits = { take: () => new Promise(() => undefined) };
    const controller = new BulkController(
      waits as never,
      {} as never,
      { named: () => ({ slug: 'north' }) } as never,
      {} as never,
      {} as never,
    );
    const gone = new PassThrough().destroy();
    const request = {
      raw: gone,
      body: gone,
      headers: { 'idempotency-key': 'one', 'content-type': 'application/x-ndjson' },
    };
    for (let upload = 0; upload < 10; upload += 1) {
      const answer = controller.submit(
        {},
        { force: 'north', client: 'force-north' } as never,
        request as never,
        {} as never,
      );
      await expect(answer).rejects.toThrow('The connection broke before the end of the body');
    }
  });
});
