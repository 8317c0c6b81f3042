import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forceRequestsTopic } from '#contracts';
import { newId } from '#kernel';
import { eventually } from '#testing';
import { arriveBatch } from '#unit';
import { repair, submission, type Answer } from '../../intake.fixture.ts';
import { startBothSides, type BothSides } from './both-sides.fixture.ts';

let both: BothSides;
beforeAll(async () => {
  both = await startBothSides();
});
afterAll(() => both?.stop());

const SENT = repair()['payload'] as Record<string, unknown>;

const correct = (
  id: unknown,
  payload: unknown,
  more: { key?: string; force?: string; ifMatch?: string; body?: unknown } = {},
) =>
  both.intake.send('POST', `/v1/requests/${String(id)}/corrections`, {
    key: newId(),
    body: { payload, reason: 'It was written down wrongly.' },
    ...more,
  });
const codeOf = async (answered: Promise<Answer>): Promise<unknown> => (await answered).body['code'];
const faultsOf = async (answered: Promise<Answer>): Promise<unknown[]> =>
  ((await answered).body['errors'] as { pointer: string; code: string }[]).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );
const payloadAtUnit = async (id: string): Promise<unknown> =>
  (
    await both.unitSide.rows(
      `select coalesce((select payload from correction where request_id = request.id order by version desc limit 1), payload) as payload
       from request where id = $1`,
      [id],
    )
  )[0]?.['payload'];

describe('a correction', () => {
  it('is stored at once and shown as requested; the unit accepts it, and both sides show the current payload', async () => {
    const [id] = (await both.queued(1)) as [string];
    expect(await both.staff('claim', id, 1)).toBe('claimed');
    const [before] = await both.unitSide.rows(
      'select clocks, due_at, risk, assignee from task where id = $1',
      [id],
    );
    const key = newId();
    const payload = { location: 'Southern station yard', contact: null };
    const first = await correct(id, payload, { key });
    const again = await correct(id, payload, { key });
    expect([first.status, again.status, again.headers.get('idempotent-replayed')]).toEqual([
      202,
      202,
      'true',
    ]);
    expect(again.body).toEqual(first.body);
    const says = { payload, reason: 'It was written down wrongly.' };
    expect(await both.read(id)).toMatchObject({
      payload: SENT,
      submittedPayload: null,
      changes: [
        {
          id: first.body['changeId'],
          kind: 'correct',
          state: 'requested',
          says,
          requestedBy: `force-${both.intake.force}`,
        },
      ],
    });
    expect(await codeOf(correct(id, { location: 'Another.' }, { key }))).toBe('idempotency-key-reused');

    const deliveries = await both.fromIntake(1);
    expect(deliveries.map(({ envelope }) => envelope.type)).toEqual(['concordat.correction-requested.v1']);
    for (let time = 0; time < 5; time += 1) await arriveBatch(both.unitSide.unit, deliveries);
    // The person assigned keeps it with the same clocks, but the version that they read is out of date.
    expect(
      await both.unitSide.rows('select clocks, due_at, risk, assignee from task where id = $1', [id]),
    ).toEqual([before]);
    expect(await both.staff('answer', id, 2, { answer: both.answer })).toBe('version-changed');
    await both.tellForce();
    const view = await both.settled(id);
    const { contact: _, ...kept } = SENT;
    expect(view).toMatchObject({
      state: 'claimed',
      sequence: 3,
      changes: [{ state: 'done', problem: null }],
    });
    expect(view['payload']).toEqual({ ...kept, location: 'Southern station yard' });
    expect(view['submittedPayload']).toEqual(SENT);
    expect(await payloadAtUnit(id)).toEqual(view['payload']);
    // The submitted payload stays as it was, on both sides.
    expect(await both.unitSide.rows('select payload from request where id = $1', [id])).toEqual([
      { payload: SENT },
    ]);
    expect(
      await both.unitSide.rows(
        'select corrected, reason, corrected_by as by, version from correction where request_id = $1',
        [id],
      ),
    ).toEqual([
      {
        corrected: payload,
        reason: 'It was written down wrongly.',
        by: `force-${both.intake.force}`,
        version: 3,
      },
    ]);
  });

  it('works over Kafka, several in their order, each judged by those before it', async () => {
    const id = String((await both.intake.submit(repair())).body['id']);
    const says = (payload: object) =>
      submission({ requestId: id, payload, reason: 'Wrong.' }, { type: 'concordat.correct-request.v1' });
    const first = says({ fault: 'tyres', description: 'Both front tyres are worn.' });
    const same = says({ fault: 'tyres' });
    await both.intake.publish(forceRequestsTopic(both.intake.force), [
      first,
      first,
      same,
      says({ location: 'Bay 7' }),
      says({ location: 'Bay 8' }),
    ]);
    const deliveries = await both.fromIntake(4);
    expect(deliveries.map(({ envelope }) => envelope.type.split('.')[1])).toEqual([
      'request-submitted',
      'correction-requested',
      'correction-requested',
      'correction-requested',
    ]);
    const kept = await eventually(async () =>
      (
        await both.intake.rows<{ code: string }>(
          'select code from refusal where message_id = $1',
          [both.intake.force],
          [same.headers['ce_id']],
        )
      ).at(0),
    );
    expect(kept.code).toBe('invalid-payload');
    await arriveBatch(both.unitSide.unit, deliveries);
    await both.tellForce();
    const view = await both.settled(id);
    expect(view['payload']).toEqual({
      ...SENT,
      fault: 'tyres',
      description: 'Both front tyres are worn.',
      location: 'Bay 8',
    });
    expect(await payloadAtUnit(id)).toEqual(view['payload']);
  });

  it('is refused at once by field: one that is fixed, too late or not valid, or that would move a promised date', async () => {
    const [waiting, taken] = (await both.queued(2)) as [string, string];
    await both.staff('claim', taken, 1);
    await both.tellForce();
    await both.inState(taken, 'claimed');
    expect(await codeOf(correct(waiting, { vrm: 'EX26BBB' }))).toBe('not-correctable');
    expect(await faultsOf(correct(waiting, { vrm: 'EX26BBB', colour: 'blue', location: 'Bay 7' }))).toEqual([
      '/payload/vrm fixed',
      '/payload/colour fixed',
    ]);
    expect((await correct(waiting, { loaction: 'Bay 7' })).body['errors']).toEqual([
      {
        pointer: '/payload/loaction',
        code: 'fixed',
        detail: 'there is no field loaction; did you mean location?',
      },
    ]);
    expect(await faultsOf(correct(taken, { fault: 'tyres', location: 'Bay 7' }))).toEqual([
      '/payload/fault too-late',
    ]);
    expect(await faultsOf(correct(waiting, { location: '' }))).toEqual(['/payload/location minLength']);
    expect(await faultsOf(correct(waiting, { location: null }))).toEqual(['/payload/location isDefined']);
    expect(await faultsOf(correct(waiting, { location: SENT['location'] }))).toEqual(['/payload unchanged']);
    expect(await faultsOf(correct(waiting, {}))).toEqual(['/payload unchanged']);
    const collision = { ...repair({ type: 'vehicle-collision' }) };
    const payload = {
      ...SENT,
      occurredAt: '2026-03-01T22:55:00Z',
      collisionPlace: 'Slip road',
      collisionClass: 'slight-injury',
    };
    const { fault: _, ...about } = {
      ...payload,
      otherPartyInvolved: false,
      emergencyDriving: false,
      driver: 'E. Example',
    } as Record<string, unknown>;
    const { body } = await both.intake.submit({ ...collision, payload: about });
    expect(await faultsOf(correct(body['id'], { collisionClass: 'damage-only' }))).toEqual([
      '/payload/collisionClass promise',
    ]);
    expect((await correct(body['id'], { collisionClass: 'serious-injury' })).status).toBe(202);
    for (const id of [waiting, taken])
      expect(await both.read(id)).toMatchObject({ payload: SENT, changes: [] });
  });

  it('needs a key, a reason and a request of the force, and is checked against the version that it names', async () => {
    const [id] = (await both.queued(1)) as [string];
    const payload = { location: 'Bay 7' };
    const body = (fields: object) => ({ body: fields });
    expect(
      await codeOf(
        both.intake.send('POST', `/v1/requests/${id}/corrections`, { body: { payload, reason: 'x' } }),
      ),
    ).toBe('missing-idempotency-key');
    expect(await codeOf(correct(id, payload, body({ payload })))).toBe('invalid-request');
    expect(await codeOf(correct(id, payload, body({ payload: [payload], reason: 'x' })))).toBe(
      'invalid-request',
    );
    expect(await codeOf(correct(id, payload, body({ payload, reason: 'x', requestId: newId() })))).toBe(
      'invalid-request',
    );
    expect(await codeOf(correct(id, payload, { force: both.intake.other }))).toBe('not-found');
    expect(await codeOf(correct(newId(), payload))).toBe('not-found');
    expect(await codeOf(correct(id, payload, { ifMatch: '"9"' }))).toBe('version-changed');
    expect((await correct(id, payload, { ifMatch: '"1"' })).status).toBe(202);
  });

  it('is refused once the request is finished, and while a withdrawal is on its way', async () => {
    const [done, leaving] = (await both.queued(2)) as [string, string];
    await both.staff('claim', done, 1);
    await both.staff('answer', done, 2, { answer: both.answer });
    await both.tellForce();
    await both.inState(done, 'answered');
    const late = await correct(done, { location: 'Bay 7' });
    expect(late).toMatchObject({ status: 409, body: { code: 'not-in-this-state', state: 'answered' } });
    await both.intake.send('POST', `/v1/requests/${leaving}/withdraw`, {
      key: newId(),
      body: { reason: 'Sold.' },
    });
    expect(await codeOf(correct(leaving, { location: 'Bay 7' }))).toBe('not-in-this-state');
  });

  it('races with claims and answers fifty times, and both sides end with the same payload', async () => {
    await both.fromIntake(0);
    const ids = await both.queued(50);
    const inHand = ids.slice(0, 25);
    for (const id of inHand) expect(await both.staff('claim', id, 1)).toBe('claimed');
    // In the queue the fault may be corrected until somebody claims it; after that, the place until it is
    // answered.
    const says = (id: string): object => (inHand.includes(id) ? { location: 'Bay 7' } : { fault: 'tyres' });
    expect((await Promise.all(ids.map((id) => correct(id, says(id))))).map(({ status }) => status)).toEqual(
      ids.map(() => 202),
    );
    const deliveries = await both.fromIntake(50);
    const ends: Promise<string>[] = [];
    for (let at = 0; at < 50; at += 5) {
      const group = deliveries.slice(at, at + 5).map((delivery, index) => {
        const id = delivery.envelope.subject as string;
        const correcting = () => arriveBatch(both.unitSide.unit, [delivery]);
        const working = () => {
          const end = inHand.includes(id)
            ? both.staff('answer', id, 2, { answer: both.answer })
            : both.staff('claim', id, 1);
          ends.push(end);
          return end;
        };
        return index % 2 === 0 ? [working, correcting] : [correcting, working];
      });
      await Promise.all(group.flat().map((work) => work()));
    }
    await both.tellForce();
    const views = await Promise.all(ids.map((id) => both.settled(id)));
    for (const view of views) {
      const id = String(view['id']);
      const [change] = view['changes'] as [{ state: string; problem: { code: string } | null }];
      const taken = change.state === 'done';
      expect(view['payload']).toEqual(taken ? { ...SENT, ...says(id) } : SENT);
      expect(await payloadAtUnit(id)).toEqual(view['payload']);
      if (taken) expect(view['state']).toBe(inHand.includes(id) ? 'claimed' : 'queued');
      else
        expect([view['state'], change.problem?.code]).toEqual(
          inHand.includes(id) ? ['answered', 'not-in-this-state'] : ['claimed', 'not-correctable'],
        );
    }
    // Nobody answered or claimed a version that they had not read.
    const told = await Promise.all(ends);
    const changed = views.filter(
      ({ changes }) => (changes as { state: string }[])[0]?.state === 'done',
    ).length;
    expect(told.filter((end) => end === 'version-changed')).toHaveLength(changed);
  });
});
