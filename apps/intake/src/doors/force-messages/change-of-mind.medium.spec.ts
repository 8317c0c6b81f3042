import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forceRequestsTopic } from '#contracts';
import { newId } from '#kernel';
import { eventually } from '#testing';
import { arriveBatch } from '#unit';
import { repair, submission, type Answer } from '../../intake.fixture.ts';
import { startBothSides, type BothSides } from './both-sides.fixture.ts';

let both: BothSides;
let intake: BothSides['intake'];
let unitSide: BothSides['unitSide'];
beforeAll(async () => {
  both = await startBothSides();
  ({ intake, unitSide } = both);
});
afterAll(() => both?.stop());

const withdraw = (
  id: unknown,
  more: { key?: string; force?: string; body?: unknown; ifMatch?: string } = {},
): Promise<Answer> =>
  intake.send('POST', `/v1/requests/${String(id)}/withdraw`, {
    key: newId(),
    body: { reason: 'The vehicle was sold.' },
    ...more,
  });

describe('a withdrawal', () => {
  it('is stored at once and shown as requested; the unit stops, and the request is withdrawn on both sides with its clocks', async () => {
    const [id] = (await both.queued(1)) as [string];
    expect(await both.staff('claim', id, 1)).toBe('claimed');
    const key = newId();
    const first = await withdraw(id, { key });
    const again = await withdraw(id, { key });
    expect([first.status, again.status, again.headers.get('idempotent-replayed')]).toEqual([
      202,
      202,
      'true',
    ]);
    expect(again.body).toEqual(first.body);
    expect((await both.read(id))['changes']).toMatchObject([
      { id: first.body['changeId'], kind: 'withdraw', state: 'requested', settledAt: null },
    ]);
    expect((await withdraw(id, { key, body: { reason: 'Another.' } })).body['code']).toBe(
      'idempotency-key-reused',
    );
    expect((await withdraw(id)).body['code']).toBe('not-in-this-state');

    const deliveries = await both.fromIntake(1);
    expect(deliveries.map(({ envelope }) => envelope.type)).toEqual(['concordat.withdrawal-requested.v1']);
    for (let time = 0; time < 5; time += 1) await arriveBatch(unitSide.unit, deliveries);
    const [task] = await unitSide.rows(
      'select state, assignee, version, clocks, due_at as due from task where id = $1',
      [id],
    );
    expect(task).toMatchObject({ state: 'withdrawn', assignee: null, version: 3, due: Infinity });
    for (const { metAt } of task?.['clocks'] as { metAt: string | null }[]) expect(metAt).not.toBeNull();
    await both.tellForce();
    const view = await both.settled(id);
    expect(view).toMatchObject({
      state: 'withdrawn',
      reason: 'The vehicle was sold.',
      changes: [{ state: 'done', problem: null }],
    });
    expect((await withdraw(id)).body['code']).toBe('not-in-this-state');
  });

  it('works over Kafka, in its order after the request, and five repeats count once', async () => {
    const id = String((await intake.submit(repair())).body['id']);
    const message = submission(
      { requestId: id, reason: 'The vehicle was sold.' },
      { type: 'concordat.withdraw-request.v1' },
    );
    await intake.publish(forceRequestsTopic(intake.force), [message, message, message, message, message]);
    const deliveries = await both.fromIntake(2);
    expect(deliveries.map(({ envelope }) => envelope.type)).toEqual([
      'concordat.request-submitted.v1',
      'concordat.withdrawal-requested.v1',
    ]);
    await arriveBatch(unitSide.unit, deliveries);
    await both.tellForce();
    expect(await both.inState(id, 'withdrawn')).toMatchObject({
      sequence: 2,
      changes: [{ kind: 'withdraw', state: 'done' }],
    });
    expect(
      await intake.rows(
        'select 1 from refusal where message_id = $1',
        [intake.force],
        [message.headers['ce_id']],
      ),
    ).toEqual([]);
  });

  it('that comes too late over Kafka is refused with its problem, and one for another force’s request like one for an unknown request', async () => {
    const [id] = (await both.queued(1)) as [string];
    await both.staff('claim', id, 1);
    await both.staff('answer', id, 2, { answer: both.answer });
    await both.tellForce();
    await both.inState(id, 'answered');
    const late = submission({ requestId: id, reason: 'Sold.' }, { type: 'concordat.withdraw-request.v1' });
    const foreign = submission(
      { requestId: id, reason: 'Not mine.' },
      { type: 'concordat.withdraw-request.v1' },
    );
    await intake.publish(forceRequestsTopic(intake.force), [late]);
    await intake.publish(forceRequestsTopic(intake.other), [foreign]);
    const kept = async (force: string, id: unknown) =>
      eventually(
        async () =>
          (
            await intake.rows<{ code: string }>(
              'select code from refusal where message_id = $1',
              [force],
              [id],
            )
          )[0],
      );
    expect((await kept(intake.force, late.headers['ce_id'])).code).toBe('not-in-this-state');
    expect((await kept(intake.other, foreign.headers['ce_id'])).code).toBe('not-found');
    // A repeat of a refused message changes nothing. The next message proves that the repeats were read.
    const next = submission({ requestId: id, reason: 'Sold.' }, { type: 'concordat.withdraw-request.v1' });
    await intake.publish(forceRequestsTopic(intake.force), [late, late, next]);
    await kept(intake.force, next.headers['ce_id']);
    const repeats = await intake.rows(
      'select code from refusal where message_id = $1',
      [intake.force],
      [late.headers['ce_id']],
    );
    expect(repeats).toEqual([{ code: 'not-in-this-state' }]);
    expect((await both.read(id))['changes']).toEqual([]);
  });

  it('needs a key, a reason and a request of the force, and is checked against the version that it names', async () => {
    const [id] = (await both.queued(1)) as [string];
    const path = `/v1/requests/${id}/withdraw`;
    const codes = await Promise.all([
      intake.send('POST', path, { body: { reason: 'x' } }),
      withdraw(id, { body: {} }),
      withdraw(id, { body: { reason: 'x', requestId: newId() } }),
      withdraw(id, { force: intake.other }),
      withdraw(newId()),
      withdraw('1'),
    ]);
    expect(codes.map(({ body }) => body['code'])).toEqual([
      'missing-idempotency-key',
      'invalid-request',
      'invalid-request',
      'not-found',
      'not-found',
      'not-found',
    ]);
    const tagged = async (tag: string): Promise<Answer> => withdraw(id, { ifMatch: tag });
    expect([(await tagged('"9"')).status, (await tagged('*')).status, (await tagged('"1"')).status]).toEqual([
      412, 428, 202,
    ]);
  });

  it('races with claims and answers fifty times, and both sides end the same', async () => {
    await both.fromIntake(0);
    const ids = await both.queued(50);
    const inHand = ids.slice(0, 25);
    for (const id of inHand) expect(await both.staff('claim', id, 1)).toBe('claimed');
    expect((await Promise.all(ids.map((id) => withdraw(id)))).map(({ status }) => status)).toEqual(
      ids.map(() => 202),
    );
    const deliveries = await both.fromIntake(50);
    const ends: Promise<string>[] = [];
    for (let at = 0; at < 50; at += 5) {
      const group = deliveries.slice(at, at + 5).map((delivery, index) => {
        const id = delivery.envelope.subject as string;
        const withdrawing = () => arriveBatch(unitSide.unit, [delivery]);
        const working = () => {
          const end = inHand.includes(id)
            ? both.staff('answer', id, 2, { answer: both.answer })
            : both.staff('claim', id, 1);
          ends.push(end);
          return end;
        };
        // Each side starts first equally often.
        return index % 2 === 0 ? [working, withdrawing] : [withdrawing, working];
      });
      await Promise.all(group.flat().map((work) => work()));
    }
    await both.tellForce();
    const rows = await unitSide.rows('select id, state, version from task where id = any($1)', [ids]);
    const views = await Promise.all(ids.map((id) => both.settled(id)));
    const atUnit = Object.fromEntries(rows.map((row) => [row['id'], [row['state'], row['version']]]));
    expect(Object.fromEntries(views.map((view) => [view['id'], [view['state'], view['sequence']]]))).toEqual(
      atUnit,
    );
    for (const view of views) {
      expect(['answered', 'withdrawn']).toContain(view['state']);
      const done = view['state'] === 'withdrawn';
      expect(view['changes']).toMatchObject([
        done ? { state: 'done' } : { state: 'refused', problem: { code: 'not-in-this-state' } },
      ]);
      // A refused withdrawal leaves the answer as it is.
      expect(view['answer'] === null).toBe(done);
    }
    const told = await Promise.all(ends);
    expect(told).toHaveLength(50);
    expect(told.filter((end) => end === 'answered')).toHaveLength(
      views.filter(({ state }) => state === 'answered').length,
    );
  });
});

describe('a reply that crosses the next question', () => {
  it('is kept as a note by the unit, and the request still waits for the force', async () => {
    const [id] = (await both.queued(1)) as [string];
    expect(await both.staff('claim', id, 1)).toBe('claimed');
    expect(await both.staff('ask', id, 2, { question: 'Which tyre?' })).toBe('waiting-for-force');
    await both.tellForce();
    await both.inState(id, 'waiting-for-force');
    const reply = (body: object): Promise<Answer> =>
      intake.send('POST', `/v1/requests/${id}/replies`, { key: newId(), body });
    expect((await reply({ message: 'Front left', questionVersion: 3 })).status).toBe(202);
    // The unit asks again before the reply arrives, and intake does not know it yet.
    expect(await both.staff('withdraw-question', id, 3)).toBe('claimed');
    expect(await both.staff('ask', id, 4, { question: 'And its size?' })).toBe('waiting-for-force');
    await arriveBatch(unitSide.unit, await both.fromIntake(1));
    expect(await unitSide.rows('select state from task where id = $1', [id])).toEqual([
      { state: 'waiting-for-force' },
    ]);
    expect(await unitSide.rows('select kind, text from note where request_id = $1', [id])).toEqual([
      { kind: 'reply', text: 'Front left' },
    ]);
    await both.tellForce();
    const view = await eventually(async () => {
      const found = await both.read(id);
      return found['question'] === 'And its size?' && found;
    });
    // The note is a version of its own at the unit; the question is the fifth.
    expect(view).toMatchObject({ state: 'waiting-for-force' });
    expect((await reply({ message: '205/55 R16', questionVersion: 5 })).status).toBe(202);
    await arriveBatch(unitSide.unit, await both.fromIntake(1));
    expect(await unitSide.rows('select state from task where id = $1', [id])).toEqual([{ state: 'claimed' }]);
  });
});

describe('a reply to a version that the request has not reached', () => {
  it('answers no question: it is kept as a note, and the request still waits', async () => {
    const [id] = (await both.queued(1)) as [string];
    expect(await both.staff('claim', id, 1)).toBe('claimed');
    expect(await both.staff('ask', id, 2, { question: 'Which tyre?' })).toBe('waiting-for-force');
    await both.tellForce();
    await both.inState(id, 'waiting-for-force');
    const body = { message: 'Front left', questionVersion: 999_999_999 };
    expect((await intake.send('POST', `/v1/requests/${id}/replies`, { key: newId(), body })).status).toBe(
      202,
    );
    await arriveBatch(unitSide.unit, await both.fromIntake(1));
    expect(await unitSide.rows('select state from task where id = $1', [id])).toEqual([
      { state: 'waiting-for-force' },
    ]);
    expect(await unitSide.rows('select kind, text from note where request_id = $1', [id])).toEqual([
      { kind: 'reply', text: 'Front left' },
    ]);
  });
});

describe('information that is added', () => {
  const inform = (id: string, message: string, key: string = newId()): Promise<Answer> =>
    intake.send('POST', `/v1/requests/${id}/information`, { key, body: { message } });
  const notes = (id: string) =>
    unitSide.rows('select kind, author, text from note where request_id = $1 order by at, id', [id]);

  it('reaches the person assigned in the order it was sent, over REST and Kafka, before a later withdrawal', async () => {
    const [id] = (await both.queued(1)) as [string];
    expect(await both.staff('claim', id, 1)).toBe('claimed');
    const key = newId();
    const first = await inform(id, 'It stands in bay 7 now.', key);
    const again = await inform(id, 'It stands in bay 7 now.', key);
    expect([first.status, again.status, again.body['changeId']]).toEqual([202, 202, first.body['changeId']]);
    const byKafka = submission(
      { requestId: id, message: 'The keys are at the desk.' },
      { type: 'concordat.add-information.v1' },
    );
    await intake.publish(forceRequestsTopic(intake.force), [byKafka, byKafka]);
    await eventually(async () => ((await both.read(id))['changes'] as unknown[]).length === 2);
    expect((await withdraw(id)).status).toBe(202);
    // A request with a withdrawal on its way accepts nothing more.
    expect((await inform(id, 'One thing more.')).body['code']).toBe('not-in-this-state');

    const deliveries = await both.fromIntake(3);
    expect(deliveries.map(({ envelope }) => envelope.type)).toEqual([
      'concordat.information-added.v1',
      'concordat.information-added.v1',
      'concordat.withdrawal-requested.v1',
    ]);
    for (let time = 0; time < 5; time += 1) await arriveBatch(unitSide.unit, deliveries);
    const author = `force-${intake.force}`;
    expect(await notes(id)).toEqual([
      { kind: 'information', author, text: 'It stands in bay 7 now.' },
      { kind: 'information', author, text: 'The keys are at the desk.' },
    ]);
    await both.tellForce();
    const view = await both.settled(id);
    expect(view).toMatchObject({ state: 'withdrawn', sequence: 5 });
    expect(view['changes']).toMatchObject([
      { kind: 'inform', state: 'done' },
      { kind: 'inform', state: 'done' },
      { kind: 'withdraw', state: 'done' },
    ]);
  });

  it('that crosses the answer is refused by the unit, and the answer stays', async () => {
    const [id] = (await both.queued(1)) as [string];
    await both.staff('claim', id, 1);
    expect((await inform(id, 'It stands in bay 7 now.')).status).toBe(202);
    expect(await both.staff('answer', id, 2, { answer: both.answer })).toBe('answered');
    await arriveBatch(unitSide.unit, await both.fromIntake(1));
    expect(await notes(id)).toEqual([]);
    await both.tellForce();
    const view = await both.settled(id);
    expect(view).toMatchObject({
      state: 'answered',
      changes: [{ kind: 'inform', state: 'refused', problem: { code: 'not-in-this-state' } }],
    });
    expect(view['answer']).not.toBeNull();
    expect((await inform(id, 'Too late.')).body['code']).toBe('not-in-this-state');
    const foreign = await intake.send('POST', `/v1/requests/${id}/information`, {
      key: newId(),
      body: { message: 'x' },
      force: intake.other,
    });
    expect(foreign.status).toBe(404);
  });
});
