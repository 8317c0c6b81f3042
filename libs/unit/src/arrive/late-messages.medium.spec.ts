import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import type { ClockState } from '#requests';
import { deskMoves, UnitAtRest } from '#testing';
import { changeRequest, type StaffCommand } from '../index.ts';
import { arriveBatch } from './arrive-batch.ts';

const FORCE = 'north';
const HOUR_MS = 3_600_000;
const [declared] = deskMoves.requestTypes as [(typeof deskMoves.requestTypes)[0]];
const clock = { title: 'Promise', metBy: 'answered', source: '' } as const;
const type = {
  ...declared,
  decision: 'one-person' as const,
  clocks: [
    { ...clock, name: 'hours', kind: 'elapsed-hours' as const, amount: 8, pausable: true },
    { ...clock, name: 'statutory', kind: 'elapsed-hours' as const, amount: 4, pausable: false },
  ],
};

describe('a message that the unit reads long after the force sent it', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start({ ...deskMoves, requestTypes: [type] }, [FORCE]);
  });
  afterAll(() => at.stop());

  const staff = (command: StaffCommand, id: string, version: number, body?: object) => {
    const caller = {
      kind: 'staff',
      person: 'sam',
      name: 'Sam',
      unit: deskMoves.slug,
      role: 'caseworker',
      forces: [FORCE],
    } as const;
    return changeRequest(at.unit, { caller, reference: id, command, version, body });
  };
  const clocksOf = async (id: string): Promise<ClockState[]> =>
    (await at.rows('select clocks from task where id = $1', [id]))[0]?.['clocks'] as ClockState[];
  /** A request with a question that was asked two hours ago. */
  const asked = async (): Promise<{ id: string; dueBefore: number; askedAt: number }> => {
    const [id] = (await at.arrive({
      force: FORCE,
      type,
      receivedAt: new Date(Date.now() - 3 * HOUR_MS),
    })) as [string];
    const [{ dueAt }] = (await clocksOf(id)) as [ClockState];
    await staff('claim', id, 1);
    await staff('ask', id, 2, { question: 'Which room?' });
    const askedAt = Date.now() - 2 * HOUR_MS;
    const clocks = (await clocksOf(id)).map((one) =>
      one.pausedAt === null ? one : { ...one, pausedAt: new Date(askedAt).toISOString() },
    );
    await at.rows('update task set clocks = $2 where id = $1', [id, JSON.stringify(clocks)]);
    return { id, dueBefore: Date.parse(dueAt as string), askedAt };
  };
  const say = (kind: string, requestId: string, fields: object) => {
    const { envelope, message } = at.delivery({ force: FORCE, type, requestId });
    return arriveBatch(at.unit, [
      { envelope: { ...envelope, type: `concordat.${kind}.v1`, value: { requestId, ...fields } }, message },
    ]);
  };
  const reply = (id: string, repliedAt: number) =>
    say('force-replied', id, {
      message: 'Room 4',
      repliedAt: new Date(repliedAt).toISOString(),
      repliedBy: `force-${FORCE}`,
    });

  it('resumes the clock from the moment of the reply, and notifies the force of it', async () => {
    const { id, dueBefore, askedAt } = await asked();
    await reply(id, askedAt + HOUR_MS);
    const [hours] = await clocksOf(id);
    expect(Date.parse(hours?.dueAt as string)).toBe(dueBefore + HOUR_MS);
    const [event] = await at.rows(
      `select data from event where request_id = $1 order by position desc limit 1`,
      [id],
    );
    expect(event?.['data']).toMatchObject({
      state: 'claimed',
      at: new Date(askedAt + HOUR_MS).toISOString(),
    });
    expect((event?.['data'] as { clocks: { name: string; dueAt: string }[] }).clocks[0]?.dueAt).toBe(
      hours?.dueAt,
    );
  });

  it('gives back no used time, and counts no future moment, if the clocks of machines differ', async () => {
    const early = await asked();
    await reply(early.id, early.askedAt - HOUR_MS);
    expect(Date.parse((await clocksOf(early.id))[0]?.dueAt as string)).toBe(early.dueBefore);
    const ahead = await asked();
    await reply(ahead.id, Date.now() + 5 * HOUR_MS);
    const moved = Date.parse((await clocksOf(ahead.id))[0]?.dueAt as string) - ahead.dueBefore;
    expect(moved).toBeGreaterThanOrEqual(2 * HOUR_MS);
    expect(moved).toBeLessThanOrEqual(Date.now() - ahead.askedAt);
  });

  it('ends the clocks of a request when the force withdrew it', async () => {
    // The statutory clock was due an hour ago, and the withdrawal was sent before that.
    const [id] = (await at.arrive({
      force: FORCE,
      type,
      receivedAt: new Date(Date.now() - 5 * HOUR_MS),
    })) as [string];
    const requestedAt = new Date(Date.now() - 2 * HOUR_MS).toISOString();
    await say('withdrawal-requested', id, {
      changeId: newId(),
      reason: 'Not needed.',
      requestedAt,
      requestedBy: `force-${FORCE}`,
    });
    expect((await clocksOf(id)).map(({ metAt }) => metAt)).toEqual([requestedAt, requestedAt]);
    const [event] = await at.rows(
      `select data from event where request_id = $1 order by position desc limit 1`,
      [id],
    );
    const { clocks } = event?.['data'] as { clocks: { state: string }[] };
    expect(clocks.map(({ state }) => state)).toEqual(['met', 'met']);
  });
});
