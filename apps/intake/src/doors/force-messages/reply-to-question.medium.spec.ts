import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEnvelope, forceRequestsTopic, unitRequestsTopic } from '#contracts';
import { newId } from '#kernel';
import { eventually } from '#testing';
import { startIntake, submission, type IntakeUnderTest } from '../../intake.fixture.ts';
import { unitEventsFor } from '../../answers/project-events/unit-events.fixture.ts';

type Units = ReturnType<typeof unitEventsFor>;
let intake: IntakeUnderTest;
let units: ReturnType<typeof unitEventsFor>;

beforeAll(async () => {
  intake = await startIntake({ consuming: true });
  units = unitEventsFor(intake);
  await intake.agree();
});
afterAll(() => intake.stop());

const submitted: Units['submitted'] = () => units.submitted();
const change: Units['change'] = (...given) => units.change(...given);
const publish: Units['publish'] = (...given) => units.publish(...given);
const inState: Units['inState'] = (...given) => units.inState(...given);
const waitingForForce: Units['waitingForForce'] = () => units.waitingForForce();

describe('a reply to a question', () => {
  it('goes to the unit in order after the request, once for a repeated key, and not twice for one question', async () => {
    const request = await waitingForForce();
    expect(request['question']).toBe('Which tyre?');
    const path = `/v1/requests/${String(request['id'])}/replies`;
    const key = newId();
    const first = await intake.send('POST', path, { key, body: { message: 'Front left' } });
    const again = await intake.send('POST', path, { key, body: { message: 'Front left' } });
    const other = await intake.send('POST', path, { key, body: { message: 'Rear right' } });
    const second = await intake.send('POST', path, { key: newId(), body: { message: 'Also rear right' } });
    expect([first.status, again.status, other.status, second.status]).toEqual([202, 202, 422, 409]);
    const sent = await eventually(async () => {
      const mine = (await intake.topic(unitRequestsTopic('fleet'))).filter(
        ({ key: of }) => of === request['id'],
      );
      return mine.length >= 2 && mine.map((message) => decodeEnvelope(message));
    });
    expect(sent.map(({ type }) => type)).toEqual([
      'concordat.request-submitted.v1',
      'concordat.force-replied.v1',
    ]);
    expect(sent[1]?.value).toMatchObject({ message: 'Front left', repliedBy: `force-${intake.force}` });
    await publish([change(request, 'reply-received', 4, 'claimed')]);
    expect(await inState(request, 4)).toMatchObject({ state: 'claimed', question: null });
    await publish([change(request, 'question-asked', 5, 'waiting-for-force', { question: 'And its size?' })]);
    await inState(request, 5);
    expect((await intake.send('POST', path, { key: newId(), body: { message: '205/55 R16' } })).status).toBe(
      202,
    );
  });

  it('comes over Kafka as well', async () => {
    const request = await waitingForForce();
    const reply = submission(
      { requestId: request['id'], message: 'Front left' },
      { type: 'concordat.reply-to-question.v1' },
    );
    await intake.publish(forceRequestsTopic(intake.force), [reply, reply]);
    const sent = await eventually(async () => {
      const mine = (await intake.topic(unitRequestsTopic('fleet'))).filter(
        ({ key }) => key === request['id'],
      );
      return mine.length >= 2 && mine.map((message) => decodeEnvelope(message));
    });
    expect(sent[1]?.value).toMatchObject({ requestId: request['id'], message: 'Front left' });
    expect(
      await intake.rows(
        'select 1 from refusal where message_id = $1',
        [intake.force],
        [reply.headers['ce_id']],
      ),
    ).toEqual([]);
  });

  it('reaches the unit although intake has not projected the question, and the next question accepts a reply as well', async () => {
    const request = await submitted();
    const quick = submission(
      { requestId: request['id'], message: 'Front left' },
      { type: 'concordat.reply-to-question.v1' },
    );
    await intake.publish(forceRequestsTopic(intake.force), [quick]);
    await eventually(async () =>
      (await intake.topic(unitRequestsTopic('fleet'))).some(
        (message) =>
          message.key === request['id'] && decodeEnvelope(message).type === 'concordat.force-replied.v1',
      ),
    );
    expect(
      await intake.rows(
        'select 1 from refusal where message_id = $1',
        [intake.force],
        [quick.headers['ce_id']],
      ),
    ).toEqual([]);
    await publish([change(request, 'question-asked', 3, 'waiting-for-force', { question: 'Which tyre?' })]);
    await inState(request, 3);
    const path = `/v1/requests/${String(request['id'])}/replies`;
    expect((await intake.send('POST', path, { key: newId(), body: { message: 'As I said' } })).status).toBe(
      202,
    );
  });

  it('is possible for each question: after a withdrawn question, or one asked again at once, there is none yet', async () => {
    const request = await waitingForForce();
    const path = `/v1/requests/${String(request['id'])}/replies`;
    const reply = async (): Promise<number> =>
      (await intake.send('POST', path, { key: newId(), body: { message: 'Front left' } })).status;
    expect([await reply(), await reply()]).toEqual([202, 409]);
    await publish([change(request, 'milestone-reached', 4, 'waiting-for-force', { milestone: 'attended' })]);
    await inState(request, 4);
    expect(await reply()).toBe(409);
    await publish([change(request, 'question-withdrawn', 5, 'claimed')]);
    await inState(request, 5);
    // This event has a higher sequence than the question, whichever comes first.
    await publish([change(request, 'milestone-reached', 7, 'waiting-for-force', { milestone: 'made-safe' })]);
    await inState(request, 7);
    expect([await reply(), await reply()]).toEqual([202, 409]);
    await publish([
      change(request, 'question-withdrawn', 8, 'claimed'),
      change(request, 'question-asked', 9, 'waiting-for-force', { question: 'And its size?' }),
    ]);
    await inState(request, 9);
    expect(await reply()).toBe(202);
  });

  it('to an earlier question does not count for the next one, over REST and Kafka', async () => {
    const request = await waitingForForce();
    const path = `/v1/requests/${String(request['id'])}/replies`;
    await publish([
      change(request, 'question-withdrawn', 4, 'claimed'),
      change(request, 'question-asked', 5, 'waiting-for-force', { question: 'And its size?' }),
      change(request, 'milestone-reached', 6, 'waiting-for-force', { milestone: 'attended' }),
    ]);
    await inState(request, 6);
    for (const late of [
      { body: { message: 'Front left' }, ifMatch: '"3"' },
      { body: { message: 'Front left', questionVersion: 3 } },
    ]) {
      const answer = await intake.send('POST', path, { key: newId(), ...late });
      expect(answer).toMatchObject({ status: 412, body: { code: 'version-changed', currentVersion: 6 } });
    }
    const overKafka = submission(
      { requestId: request['id'], message: 'Front left', questionVersion: 3 },
      { type: 'concordat.reply-to-question.v1' },
    );
    await intake.publish(forceRequestsTopic(intake.force), [overKafka]);
    const [refused] = await eventually(async () => {
      const rows = await intake.rows<{ code: string }>(
        'select code from refusal where message_id = $1',
        [intake.force],
        [overKafka.headers['ce_id']],
      );
      return rows.length > 0 && rows;
    });
    expect(refused?.code).toBe('version-changed');
    expect((await intake.get(`/v1/requests/${String(request['id'])}`)).body['state']).toBe(
      'waiting-for-force',
    );
    // The version that asked it answers it, whatever else happened since.
    const answer = await intake.send('POST', path, {
      key: newId(),
      body: { message: '205/55 R16', questionVersion: 5 },
    });
    expect(answer.status).toBe(202);
  });

  it('is refused once the request is finished, and another force finds nothing to reply to', async () => {
    const request = await submitted();
    const path = `/v1/requests/${String(request['id'])}/replies`;
    expect((await intake.send('POST', path, { key: newId(), body: { message: 'Hello' } })).status).toBe(202);
    await publish([
      change(request, 'request-declined', 4, 'declined', { reason: 'not ours', belongsTo: 'estates' }),
    ]);
    await inState(request, 4);
    expect((await intake.send('POST', path, { key: newId(), body: { message: 'Hello' } })).body['code']).toBe(
      'not-in-this-state',
    );
    expect(
      (await intake.send('POST', path, { key: newId(), body: { message: 'Hello' }, force: intake.other }))
        .status,
    ).toBe(404);
    expect((await intake.send('POST', path, { key: newId(), body: {} })).status).toBe(400);
    expect(
      (await intake.send('POST', path, { key: newId(), body: { message: 'x', requestId: newId() } })).status,
    ).toBe(400);
  });
});
