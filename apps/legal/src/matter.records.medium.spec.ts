import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordsInDatabase } from '#testing';
import unit from './legal.unit.ts';

let legal: RecordsInDatabase;
beforeAll(async () => {
  legal = await RecordsInDatabase.open(unit);
});
afterAll(() => legal.close());

const FORCE = 'cambridgeshire';

describe('a matter', () => {
  it('of a claim shows when the right to sue ends, and the source of that period', async () => {
    const claim = legal.request(FORCE, 'civil-claim', {
      kind: 'negligence',
      incidentOn: '2021-06-30',
      claimReceivedOn: '2026-02-27',
    });
    const unknown = legal.request(FORCE, 'civil-claim', { kind: 'other' });
    await legal.arrive(claim, unknown);
    expect(await legal.read(claim)).toMatchObject({
      privileged: true,
      limitationEndsOn: '2027-06-30',
      limitationBasis: '6 years from the incident (Limitation Act 1980, section 2)',
    });
    expect(await legal.read(unknown)).toMatchObject({ limitationEndsOn: null, limitationBasis: null });
    await legal.answer(claim);
    expect(await legal.read(claim)).toMatchObject({ outcome: 'settled', settlementPence: '600000' });
  });

  it('of a protection order needs a hearing after the notice, and an order with conditions', async () => {
    const order = legal.request(FORCE, 'domestic-abuse-protection-order');
    await legal.arrive(order);
    await expect(legal.answer(order, { heardAt: undefined })).rejects.toMatchObject({
      problem: { errors: [{ pointer: '/answer/heardAt' }] },
    });
    await expect(legal.answer(order, { heardAt: '2026-03-06T18:29:59Z' })).rejects.toMatchObject({
      code: 'invalid-payload',
    });
    await expect(legal.answer(order, { conditions: [] })).rejects.toMatchObject({
      problem: { errors: [{ pointer: '/answer/conditions' }] },
    });
    await legal.answer(order);
    expect(await legal.read(order)).toMatchObject({
      outcome: 'order-made',
      orderEndsOn: '2026-06-09',
      heardAt: new Date('2026-03-09T10:15:00Z'),
    });
  });

  it('of advice shows that it is privileged', async () => {
    const advice = legal.request(FORCE, 'advice', { privileged: true });
    await legal.arrive(advice);
    expect(await legal.read(advice)).toMatchObject({ kind: 'advice', privileged: true });
    await legal.answer(advice);
    expect(await legal.read(advice)).toMatchObject({ outcome: 'advised' });
  });

  it('is not visible to another force', async () => {
    const advice = legal.request(FORCE, 'advice');
    await legal.arrive(advice);
    expect(await legal.read(advice, 'bedfordshire')).toBeNull();
  });
});
