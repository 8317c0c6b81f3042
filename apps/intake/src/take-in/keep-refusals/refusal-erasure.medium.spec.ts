import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { eventually } from '#testing';
import { repair, startIntake, type IntakeUnderTest } from '../../intake.fixture.ts';
import { eraseBodies, RefusalErasure } from './refusal-erasure.ts';
import { keepRefusals } from './refusal.store.ts';

describe('the body of a refusal', () => {
  let intake: IntakeUnderTest;
  const secret = 'a sentence that was never to be sent';
  beforeAll(async () => {
    intake = await startIntake({ kafka: false });
    await intake.agree({ participants: [intake.force, intake.other] });
    for (const force of [intake.force, intake.other]) {
      const key = newId();
      expect((await intake.submit(repair(), key, force)).status).toBe(201);
      const other = repair({ reference: `R-${force}` });
      expect(
        (
          await intake.submit(
            { ...other, payload: { ...(other['payload'] as object), description: secret } },
            key,
            force,
          )
        ).status,
      ).toBe(422);
    }
    const bytes = Buffer.from(`not JSON: ${secret}`);
    const problem = {
      type: 'urn:concordat:problem:malformed-json',
      title: 'The body is not JSON',
      status: 400,
      detail: 'x',
      code: 'malformed-json',
      kind: 'business',
    } as const;
    await intake.own.transaction([intake.force], (client) =>
      keepRefusals(client, intake.force, [
        {
          ...{
            channel: 'kafka',
            problem,
            repeatKey: 'kafka at t/0/0',
            reference: null,
            messageId: 'm',
            receiptHash: null,
            bytes,
          },
          ...{
            headers: [{ name: 'x', base64: bytes.toString('base64') }],
            place: 't/0/0',
            submittedBy: 'x',
            lawEnforcement: true,
          },
        },
      ]),
    );
    // Lists end before the oldest open transaction, and other tests have theirs beside this one.
    await eventually(async () => (await listed()).length === 2 && (await listed(intake.other)).length === 1);
  });
  afterAll(() => intake?.stop());

  const listed = async (force = intake.force): Promise<Record<string, unknown>[]> =>
    (await intake.get('/v1/refusals', force)).body['items'];
  const eraseAfter = (ms: number): Promise<number> => eraseBodies(intake.own, intake.force, ms);

  it('is kept for its time and then erased: the refusal, its reason and a hash stay', async () => {
    expect(await eraseAfter(3_600_000)).toBe(0);
    const before = await listed();
    expect(JSON.stringify(before)).toContain(secret);
    expect(before.map(({ bodyErasedAt, bodyHash }) => [bodyErasedAt, bodyHash])).toEqual([
      [null, null],
      [null, null],
    ]);

    expect(await eraseAfter(0)).toBe(2);
    expect(await eraseAfter(0)).toBe(0);
    const after = await listed();
    expect(JSON.stringify(after)).not.toContain(secret);
    const rest = (items: Record<string, unknown>[]) =>
      items.map(({ id, code, problem, reference, refusedAt }) => ({
        id,
        code,
        problem,
        reference,
        refusedAt,
      }));
    expect(rest(after)).toEqual(rest(before));
    const json = before.find(({ body }) => body !== null);
    const unreadable = before.find(({ bytes }) => bytes !== null);
    const hash = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
    expect(after.find(({ id }) => id === json?.['id'])).toMatchObject({
      body: null,
      bytes: null,
      bodyHash: hash(JSON.stringify(json?.['body'])),
    });
    expect(after.find(({ id }) => id === unreadable?.['id'])).toMatchObject({
      body: null,
      bytes: null,
      bodyHash: hash(Buffer.from(String(unreadable?.['bytes']), 'base64')),
    });
    expect(await intake.rows('select body, bytes, headers from refusal')).toEqual([
      { body: null, bytes: null, headers: null },
      { body: null, bytes: null, headers: null },
    ]);
    const log = await intake.rows<{ reason: string }>(
      `select reason from access_log where operation = 'erasure'`,
    );
    expect(log.map(({ reason }) => reason).toSorted()).toEqual(
      after.map(({ id }) => `refusal ${String(id)}`).toSorted(),
    );
    // The refusals of another force are not touched.
    expect(JSON.stringify(await listed(intake.other))).toContain(secret);
  });

  it.each([
    ['another code', `update refusal set code = 'x'`],
    ['a body again', `update refusal set body = '{}', body_erased_at = null`],
    ['an erasure without a hash', `update refusal set body = null, body_erased_at = now(), body_hash = null`],
    ['a removal', 'delete from refusal'],
  ])('allows no other change: %s', async (_, change) => {
    await expect(intake.rows(change, [intake.other])).rejects.toThrow(/append-only|permission denied/);
  });

  it('is erased by the running service after the number of days that is set, and never without a setting', async () => {
    const never = new RefusalErasure(intake.own, [intake.other], undefined);
    never.start();
    await never.stop();
    expect(JSON.stringify(await listed(intake.other))).toContain(secret);
    const erasure = new RefusalErasure(intake.own, [intake.force, intake.other], 0);
    erasure.start();
    await eventually(async () => !JSON.stringify(await listed(intake.other)).includes(secret));
    await erasure.stop();
  });
});
