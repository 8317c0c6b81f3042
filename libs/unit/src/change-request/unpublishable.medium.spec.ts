import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, UnitAtRest } from '#testing';
import type { StaffCaller } from '#web';
import { arriveBatch } from '../arrive/arrive-batch.ts';
import { changeRequest } from './change-request.ts';

const OWNER = 'north';
const [type] = deskMoves.requestTypes as [(typeof deskMoves.requestTypes)[0]];
/** It is due in some 550 years, and no message may contain such a moment. */
const NEVER_DUE = {
  ...type,
  clocks: type.clocks.map((clock) => ({ ...clock, kind: 'calendar-days' as const, amount: 200_000 })),
};

describe('an event that no reader of the topic could accept', () => {
  let at: UnitAtRest;
  let broken: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(deskMoves, [OWNER]);
    broken = await UnitAtRest.start({ ...deskMoves, requestTypes: [NEVER_DUE] }, [OWNER]);
  });
  afterAll(async () => {
    await at.stop();
    await broken.stop();
  });

  it('is refused to the member of staff who would cause it, and nothing changes', async () => {
    const [id] = (await at.arrive({ force: OWNER, type })) as [string];
    await at.rows('update task set version = 1000000 where id = $1', [id]);
    const caller: StaffCaller = {
      kind: 'staff',
      person: 'me',
      name: 'Me',
      unit: deskMoves.slug,
      role: 'caseworker',
      forces: [OWNER],
    };
    await expect(
      changeRequest(at.unit, {
        caller,
        reference: id,
        command: 'claim',
        version: 1_000_000,
        body: undefined,
      }),
    ).rejects.toMatchObject({
      problem: { status: 422, code: 'invalid-payload', errors: [{ pointer: '/event/sequence' }] },
    });
    expect(await at.rows('select state, version from task where id = $1', [id])).toEqual([
      { state: 'queued', version: 1_000_000 },
    ]);
    expect(await at.rows('select type from event where request_id = $1', [id])).toEqual([
      { type: 'concordat.request-queued.v1' },
    ]);
  });

  it('makes the message that would cause it a dead letter of the unit, and nothing of it is stored', async () => {
    await expect(
      arriveBatch(broken.unit, [broken.delivery({ force: OWNER, type: NEVER_DUE })]),
    ).rejects.toMatchObject({
      problem: {
        code: 'invalid-payload',
        errors: expect.arrayContaining([expect.objectContaining({ pointer: '/event/clocks/0/dueAt' })]),
      },
    });
    expect(await broken.rows('select 1 from request')).toEqual([]);
    expect(await broken.rows('select 1 from event')).toEqual([]);
  });
});
