import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forceRequestsTopic } from '#contracts';
import { newId } from '#kernel';
import { eventually } from '#testing';
import { arriveBatch } from '#unit';
import { submission, type Answer } from '../../intake.fixture.ts';
import { startBothSides, type BothSides, type View } from './both-sides.fixture.ts';

let both: BothSides;
beforeAll(async () => {
  both = await startBothSides();
});
afterAll(() => both?.stop());

const REASON = 'The same noise is back.';
const reopen = (
  id: unknown,
  more: { key?: string; force?: string; ifMatch?: string; body?: unknown } = {},
): Promise<Answer> =>
  both.intake.send('POST', `/v1/requests/${String(id)}/reopen`, {
    key: newId(),
    body: { reason: REASON },
    ...more,
  });
const codeOf = async (answered: Promise<Answer>): Promise<unknown> => (await answered).body['code'];

/** Answers a request at the unit, and waits until intake knows it. */
const answered = async (count: number): Promise<string[]> => {
  const ids = await both.queued(count);
  for (const id of ids) {
    await both.staff('claim', id, 1);
    expect(await both.staff('answer', id, 2, { answer: both.answer })).toBe('answered');
  }
  await both.tellForce();
  await Promise.all(ids.map((id) => both.inState(id, 'answered')));
  return ids;
};
const counts = async (): Promise<{ received: number; inStates: number }> => {
  const { received, byState } = (await both.intake.get('/v1/counts')).body as {
    received: number;
    byState: Record<string, number>;
  };
  return { received, inStates: Object.values(byState).reduce((sum, count) => sum + count, 0) };
};
/** Sets the last day that the force was given. */
const toldUntil = async (id: string, day: string): Promise<void> => {
  await both.unitSide.rows(`alter table event disable trigger user`);
  await both.unitSide.rows(
    `update event set data = (data::jsonb || jsonb_build_object('reopenUntil', $2::text))::json where request_id = $1`,
    [id, day],
  );
  await both.unitSide.rows(`alter table event enable trigger user`);
};

describe('a reopening', () => {
  it('puts an answered request back into the queue, unassigned, with new clocks and its history; it is answered again', async () => {
    const [id] = (await answered(1)) as [string];
    const before = await both.read(id);
    expect(before).toMatchObject({
      state: 'answered',
      reopenUntil: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    });
    const key = newId();
    const first = await reopen(id, { key });
    const again = await reopen(id, { key });
    expect([first.status, again.status, again.body['changeId']]).toEqual([202, 202, first.body['changeId']]);
    // Its next state is not known until the unit has decided.
    expect(await codeOf(reopen(id))).toBe('not-in-this-state');
    const deliveries = await both.fromIntake(1);
    expect(deliveries.map(({ envelope }) => envelope.type)).toEqual(['concordat.reopening-requested.v1']);
    for (let time = 0; time < 5; time += 1) await arriveBatch(both.unitSide.unit, deliveries);
    const [task] = await both.unitSide.rows(
      'select state, assignee, version, clocks from task where id = $1',
      [id],
    );
    expect(task).toMatchObject({ state: 'queued', assignee: null, version: 4 });
    const askedAt = (deliveries[0]?.envelope.value as { requestedAt: string }).requestedAt;
    for (const clock of task?.['clocks'] as object[])
      expect(clock).toMatchObject({ startedAt: askedAt, metAt: null });
    await both.tellForce();
    const view = await both.settled(id);
    expect(view).toMatchObject({
      state: 'queued',
      sequence: 4,
      answer: null,
      reopenUntil: null,
      reason: REASON,
    });
    expect(view['changes']).toMatchObject([{ kind: 'reopen', state: 'done', says: { reason: REASON } }]);
    const { received, inStates } = await counts();
    expect(inStates).toBe(received);

    expect(await both.staff('claim', id, 4)).toBe('claimed');
    expect(await both.staff('answer', id, 5, { answer: both.answer })).toBe('answered');
    await both.tellForce();
    expect(await both.inState(id, 'answered')).toMatchObject({ sequence: 6, answer: both.answer });
    const told = await both.unitSide.rows(
      `select type from event where request_id = $1 and topic is not null order by position`,
      [id],
    );
    expect(told.map(({ type }) => String(type).split('.')[1])).toEqual([
      'request-queued',
      'request-claimed',
      'request-answered',
      'request-reopened',
      'request-claimed',
      'request-answered',
    ]);
  });

  it('works over Kafka, also for a declined request', async () => {
    const [id] = (await both.queued(1)) as [string];
    await both.staff('claim', id, 1);
    expect(await both.staff('decline', id, 2, { reason: 'Not ours.', belongsTo: 'Estates' })).toBe(
      'declined',
    );
    await both.tellForce();
    await both.inState(id, 'declined');
    const message = submission({ requestId: id, reason: REASON }, { type: 'concordat.reopen-request.v1' });
    await both.intake.publish(forceRequestsTopic(both.intake.force), [message, message]);
    await arriveBatch(both.unitSide.unit, await both.fromIntake(1));
    await both.tellForce();
    expect(await both.inState(id, 'queued')).toMatchObject({
      belongsTo: null,
      changes: [{ kind: 'reopen', state: 'done' }],
    });
  });

  it('is refused after the last day, which the problem names: by intake, and by the unit if it arrives too late', async () => {
    const [late, crossing, unsaid] = (await answered(3)) as [string, string, string];
    await both.intake.rows(
      'update progress set reopen_until = $2 where request_id = $1',
      [both.intake.force],
      [late, '2026-01-31'],
    );
    const refused = await reopen(late);
    expect(refused).toMatchObject({ status: 409, body: { code: 'not-reopenable', lastDay: '2026-01-31' } });
    await both.intake.rows(
      'update progress set reopen_until = null where request_id = $1',
      [both.intake.force],
      [unsaid],
    );
    expect(await codeOf(reopen(unsaid))).toBe('not-reopenable');
    await toldUntil(crossing, '2026-01-31');
    expect((await reopen(crossing)).status).toBe(202);
    await arriveBatch(both.unitSide.unit, await both.fromIntake(1));
    await both.tellForce();
    expect(await both.settled(crossing)).toMatchObject({
      state: 'answered',
      changes: [
        { kind: 'reopen', state: 'refused', problem: { code: 'not-reopenable', lastDay: '2026-01-31' } },
      ],
    });
  });

  it('is refused for an open or withdrawn request, for another force’s request, and after the agreement has ended', async () => {
    const [open, gone] = (await both.queued(2)) as [string, string];
    const [done] = (await answered(1)) as [string];
    expect(await codeOf(reopen(open))).toBe('not-in-this-state');
    await both.intake.send('POST', `/v1/requests/${gone}/withdraw`, {
      key: newId(),
      body: { reason: 'Sold.' },
    });
    await arriveBatch(both.unitSide.unit, await both.fromIntake(1));
    await both.tellForce();
    await both.inState(gone, 'withdrawn');
    expect(await codeOf(reopen(gone))).toBe('not-in-this-state');
    expect(await codeOf(reopen(done, { force: both.intake.other }))).toBe('not-found');
    expect(await codeOf(reopen(done, { body: {} }))).toBe('invalid-request');
    expect(await codeOf(reopen(done, { ifMatch: '"9"' }))).toBe('version-changed');
    await both.intake.agree({ status: 'ended', edition: 2 });
    expect(await codeOf(reopen(done))).toBe('no-agreement');
    await both.intake.agree({ edition: 3 });
    expect((await reopen(done)).status).toBe(202);
    await both.fromIntake(1);
  });

  it('races with a claim of the reopened request, and both sides end the same', async () => {
    const ids = await answered(10);
    expect((await Promise.all(ids.map((id) => reopen(id)))).map(({ status }) => status)).toEqual(
      ids.map(() => 202),
    );
    const deliveries = await both.fromIntake(10);
    await Promise.all(
      deliveries.map(async (delivery, index) => {
        const claim = () => both.staff('claim', delivery.envelope.subject as string, 4);
        const take = () => arriveBatch(both.unitSide.unit, [delivery]);
        await Promise.all(index % 2 === 0 ? [take(), claim()] : [claim(), take()]);
      }),
    );
    await both.tellForce();
    const views: View[] = await Promise.all(ids.map((id) => both.settled(id)));
    const rows = await both.unitSide.rows('select id, state, version from task where id = any($1)', [ids]);
    const atUnit = Object.fromEntries(rows.map((row) => [row['id'], [row['state'], row['version']]]));
    await eventually(async () => {
      const shown = await Promise.all(ids.map((id) => both.read(id)));
      return shown.every((view) => view['sequence'] === (atUnit[String(view['id'])] as [string, number])[1]);
    });
    for (const view of views) expect(view['changes']).toMatchObject([{ state: 'done' }]);
    for (const { state, version } of rows)
      expect([state, version]).toEqual(state === 'claimed' ? ['claimed', 5] : ['queued', 4]);
  });
});
