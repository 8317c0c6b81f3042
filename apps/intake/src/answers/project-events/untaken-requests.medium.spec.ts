import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import type { Delivery } from '#messaging';
import { eventually } from '#testing';
import { arriveBatch, UnitRuntime } from '#unit';
import { startBothSides, type BothSides } from '../../doors/force-messages/both-sides.fixture.ts';
import { repair } from '../../intake.fixture.ts';

let both: BothSides;
beforeAll(async () => {
  both = await startBothSides();
});
afterAll(() => both?.stop());

interface FeedItem {
  readonly type: string;
  readonly requestId: string;
  readonly data: { readonly problem?: { readonly code: string }; readonly unitReference?: string };
}
const feedOf = async (id: string): Promise<FeedItem[]> => {
  const items = (await both.intake.get('/v1/events?limit=1000')).body['items'] as FeedItem[];
  return items.filter(({ requestId }) => requestId === id);
};
/**
 * The request is accepted by intake with a version that the unit does not know, as after an update of intake
 * alone.
 */
const untaken = async (): Promise<{ id: string; delivery: Delivery }> => {
  const id = String((await both.intake.submit(repair())).body['id']);
  const [asSent] = (await both.fromIntake(1, [id])).filter(({ envelope }) => envelope.subject === id) as [
    Delivery,
  ];
  const value = { ...(asSent.envelope.value as object), version: 99 };
  const message = { ...asSent.message, value: Buffer.from(JSON.stringify(value)), rawKey: Buffer.from(id) };
  const rawHeaders = Object.entries(message.headers).map(
    ([name, text]) => [name, Buffer.from(text)] as const,
  );
  return { id, delivery: { envelope: { ...asSent.envelope, value }, message: { ...message, rawHeaders } } };
};
/** The unit on the same database, in a build that knows the version. */
const afterItsUpdate = (): UnitRuntime => {
  const { database, deadLetters } = both.unitSide.unit;
  const known = both.definition.requestTypes.find(({ name }) => name === 'vehicle-repair')!;
  const definition = {
    ...both.definition,
    requestTypes: [...both.definition.requestTypes, { ...known, version: 99 }],
  };
  return new UnitRuntime(definition, { database, deadLetters, forces: both.intake.forces });
};
const changeOf = (id: string, what: string, body: object) =>
  both.intake.send('POST', `/v1/requests/${id}/${what}`, { key: newId(), body });

describe('a request that was accepted and that its unit cannot process', () => {
  it('is reported to its force once with the reason, and stays accepted', async () => {
    const { id, delivery } = await untaken();
    for (let time = 0; time < 3; time += 1) await arriveBatch(both.unitSide.unit, [delivery]);
    await both.tellForce();
    const feed = await eventually(async () => {
      const items = await feedOf(id);
      return items.length > 1 && items;
    });
    expect(feed.map(({ type }) => type)).toEqual([
      'concordat.request-submitted.v1',
      'concordat.request-not-taken.v1',
    ]);
    expect(feed[1]?.data).toMatchObject({
      problem: { code: 'unknown-type' },
      unitReference: 'none',
      state: 'accepted',
    });
    expect(await both.read(id)).toMatchObject({
      state: 'accepted',
      sequence: 0,
      unitReference: null,
      reason: expect.stringMatching(
        /^The unit could not accept the request, and its staff look into it\. You can withdraw the request and send it again\. /,
      ),
    });
  });

  it('is kept and reported although its own fields do not fit either, and the next message is processed', async () => {
    const { id, delivery } = await untaken();
    const value = { requestId: id, forceReference: 7, type: 'Vehicle Repair' };
    const bad = {
      envelope: { ...delivery.envelope, value },
      message: { ...delivery.message, value: Buffer.from(JSON.stringify(value)), offset: '900200' },
    };
    const next = String((await both.intake.submit(repair())).body['id']);
    const fresh = (await both.fromIntake(1, [next])).filter(({ envelope }) => envelope.subject === next);
    await arriveBatch(both.unitSide.unit, [bad, ...fresh]);
    await both.tellForce();
    expect(await both.inState(next, 'queued')).toMatchObject({ state: 'queued' });
    const told = await eventually(async () =>
      (await feedOf(id)).find(({ type }) => type === 'concordat.request-not-taken.v1'),
    );
    expect(told.data).toMatchObject({
      forceReference: 'unknown',
      type: 'unknown',
      problem: { code: 'invalid-request' },
    });
  });

  it('can be withdrawn, and stays withdrawn although its message comes again to a unit that could process it; nothing else is accepted for it', async () => {
    const { id, delivery } = await untaken();
    await arriveBatch(both.unitSide.unit, [delivery]);
    await both.tellForce();
    await eventually(async () => (await feedOf(id)).length > 1);
    expect((await changeOf(id, 'information', { message: 'The keys are at the desk.' })).status).toBe(202);
    expect((await changeOf(id, 'withdraw', { reason: 'We send it again.' })).status).toBe(202);
    await arriveBatch(both.unitSide.unit, await both.fromIntake(2, [id]));
    await both.tellForce();
    const view = await both.settled(id);
    expect(view).toMatchObject({
      state: 'withdrawn',
      changes: [
        { kind: 'inform', state: 'refused', problem: { code: 'not-in-this-state' } },
        { kind: 'withdraw', state: 'done' },
      ],
    });
    await arriveBatch(afterItsUpdate(), [delivery]);
    expect(await both.unitSide.rows('select 1 from request where id = $1', [id])).toEqual([]);
    expect(
      await both.unitSide.rows(`select type from event where request_id = $1 order by position`, [id]),
    ).toEqual([
      { type: 'concordat.request-not-taken.v1' },
      { type: 'concordat.change-refused.v1' },
      { type: 'concordat.request-withdrawn.v1' },
    ]);
  });

  it('is queued as usual when its message comes again to a unit that can process it', async () => {
    const { id, delivery } = await untaken();
    await arriveBatch(both.unitSide.unit, [delivery]);
    await both.tellForce();
    await eventually(async () => (await feedOf(id)).length > 1);
    await arriveBatch(afterItsUpdate(), [delivery]);
    await both.tellForce();
    expect(await both.inState(id, 'queued')).toMatchObject({
      reason: null,
      unitReference: expect.stringMatching(/^FLT-/),
    });
  });
});
