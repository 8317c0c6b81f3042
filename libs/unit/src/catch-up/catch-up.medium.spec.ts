import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { encodeEnvelope, forceEventsTopic, OneOf, Text, type Envelope, type WireMessage } from '#contracts';
import type { Delivery, ReceivedMessage } from '#messaging';
import { newId } from '#kernel';
import { deskMoves, UnitAtRest, UnitSigners } from '#testing';
import type { StaffCaller } from '#web';
import { requestType } from '../define-unit.ts';
import { arriveBatch } from '../arrive/arrive-batch.ts';
import type { StaffCommand } from '../change-request/change-body.ts';
import { changeRequest } from '../change-request/change-request.ts';
import { CatchUp, type CatchUpReport } from './catch-up.ts';

const OWNER = 'north';
const signers = new UnitSigners([deskMoves.slug]);
const [deskMove] = deskMoves.requestTypes as [(typeof deskMoves.requestTypes)[0]];
const caller: StaffCaller = {
  kind: 'staff',
  person: 'me',
  name: 'Me',
  unit: deskMoves.slug,
  role: 'caseworker',
  forces: [OWNER],
};
const TASKS = `select id, state, task.version, clocks, due_at, unit_reference from task join request using (owning_force, id) order by id`;

const publishedBy = async (unit: UnitAtRest): Promise<Envelope[]> => {
  const rows = await unit.rows(
    'select event_id, source, type, time, request_id, data from event where topic is not null order by position',
  );
  return rows.map((row) => ({
    ...{
      id: String(row['event_id']),
      source: String(row['source']),
      type: String(row['type']),
      value: row['data'],
    },
    ...{
      time: (row['time'] as Date).toISOString(),
      subject: String(row['request_id']),
      owningForce: OWNER,
    },
  }));
};

const onTopic = (topic: string, envelopes: readonly Envelope[]): ReceivedMessage[] =>
  envelopes.map((envelope, offset): ReceivedMessage => {
    const wire: WireMessage = signers.signed(topic, encodeEnvelope(envelope));
    const rawHeaders = Object.entries(wire.headers).map(
      ([name, value]) => [name, Buffer.from(value)] as const,
    );
    return {
      ...wire,
      topic,
      partition: 0,
      offset: String(offset),
      timestamp: '0',
      rawKey: null,
      rawHeaders,
    };
  });

describe('a unit whose database was restored to an earlier moment', () => {
  let lost: UnitAtRest;
  let restored: UnitAtRest;
  let submitted: Delivery[];
  let published: Envelope[];
  let report: CatchUpReport;

  const act = (
    reference: string,
    command: StaffCommand,
    version: number,
    body: object = {},
  ): Promise<unknown> => changeRequest(lost.unit, { caller, reference, command, version, body });

  const catchUp = async (): Promise<CatchUpReport> => {
    const catching = new CatchUp(restored.unit, signers.all());
    // The relay may have sent each event twice.
    const events = onTopic(forceEventsTopic(OWNER), [...published, ...published]);
    await catching.notePublished(OWNER, events);
    // Without its signature, an event about a request that the unit never had would be listed as unknown.
    const [forged] = onTopic(forceEventsTopic(OWNER), [
      { ...published[0]!, id: newId(), value: { ...(published[0]!.value as object), requestId: newId() } },
    ]);
    await catching.notePublished(OWNER, [
      { ...forged!, headers: { ...forged!.headers, ce_signature: events[0]!.headers['ce_signature']! } },
    ]);
    await catching.takeSubmitted(
      onTopic(
        'unit.desk-moves.requests.v1',
        submitted.map(({ envelope }) => envelope),
      ),
    );
    return catching.finish();
  };

  beforeAll(async () => {
    [lost, restored] = await Promise.all([
      UnitAtRest.start(deskMoves, [OWNER]),
      UnitAtRest.start(deskMoves, [OWNER]),
    ]);
    const delivery = (): Delivery => lost.delivery({ force: OWNER, type: deskMove });
    const [answered, held, waiting, late] = (submitted = [
      delivery(),
      delivery(),
      delivery(),
      delivery(),
    ]) as [Delivery, Delivery, Delivery, Delivery];
    const idOf = ({ envelope }: Delivery): string => envelope.subject as string;
    // This request was already stored at the moment that is restored.
    for (const unit of [lost, restored]) await arriveBatch(unit.unit, [answered]);
    await arriveBatch(lost.unit, [held, waiting]);
    await act(idOf(answered), 'claim', 1);
    await act(idOf(answered), 'answer', 2, { answer: deskMove.examples[0]?.answer });
    await act(idOf(held), 'claim', 1);
    await act(idOf(held), 'hold', 2, { reason: 'no lift' });
    published = await publishedBy(lost);
    await arriveBatch(lost.unit, [late]);
    report = await catchUp();
  });
  afterAll(() => Promise.all([lost.stop(), restored.stop()]));

  it('has again the events that it published, and publishes none twice', async () => {
    const [before, after] = await Promise.all([lost.rows(TASKS), restored.rows(TASKS)]);
    const as = (rows: Record<string, unknown>[], state: string) =>
      rows.filter((row) => row['state'] === state);
    expect(as(after, 'answered')).toEqual(as(before, 'answered'));
    expect(as(after, 'answered')).toHaveLength(1);
    const waiting = submitted[2]?.envelope.subject;
    expect(after.find(({ id }) => id === waiting)).toEqual(before.find(({ id }) => id === waiting));
    expect(report).toMatchObject({ arrived: 2, moved: 3, recordsToCheck: [], unknown: [] });
    const events = await restored.rows(`select event_id::text as id from event order by 1`);
    expect(events.map(({ id }) => id)).toEqual(
      expect.arrayContaining(published.slice(1).map(({ id }) => id)),
    );
  });

  it('finds each request by the words that it had, including those of a lost answer', async () => {
    const terms = (unit: UnitAtRest, ids: readonly unknown[]): Promise<Record<string, unknown>[]> =>
      unit.rows('select id, term from search_term where id = any ($1) order by id, term', [ids]);
    const ids = submitted.slice(0, 3).map(({ envelope }) => envelope.subject);
    const before = await terms(lost, ids);
    expect(before).toContainEqual({ id: ids[0], term: 'moved' });
    expect(await terms(restored, ids)).toEqual(before);
  });

  it('puts an assigned request back into the queue, and notifies its force', async () => {
    const [held] = (await lost.rows(
      `select unit_reference from task join request using (owning_force, id) where state = 'held'`,
    )) as [Record<string, unknown>];
    expect(report.backInQueue).toEqual([held['unit_reference']]);
    const [task] = await restored.rows(
      `select state, task.version, assignee from task join request using (owning_force, id) where unit_reference = $1`,
      [held['unit_reference']],
    );
    expect(task).toEqual({ state: 'queued', version: 4, assignee: null });
    const events = await restored.rows(
      `select type, data ->> 'sequence' as sequence from event where topic is not null and data ->> 'unitReference' = $1`,
      [held['unit_reference']],
    );
    expect(events).toEqual([{ type: 'concordat.request-released.v1', sequence: '4' }]);
  });

  it('changes nothing when it catches up again', async () => {
    const before = await restored.rows('select * from task order by id');
    expect(await catchUp()).toEqual({
      arrived: 0,
      moved: 0,
      backInQueue: [],
      recordsToCheck: [],
      unknown: [],
    });
    expect(await restored.rows('select * from task order by id')).toEqual(before);
  });

  it('accepts from the topic a request that no force was notified of, under an unused reference', async () => {
    await arriveBatch(restored.unit, submitted);
    const rows = await restored.rows('select unit_reference from request order by 1');
    expect(rows).toHaveLength(submitted.length);
    expect(new Set(rows.map((row) => row['unit_reference'])).size).toBe(submitted.length);
    expect(await restored.rows('select * from dead_letter')).toEqual([]);
  });
});

class RoomMove {
  @Text({ max: 80, correctable: 'until-decided' }) room!: string;
}
class RoomMoved {
  @OneOf(['moved', 'left']) outcome!: string;
}

describe('changes of mind that were settled after the moment that is restored', () => {
  const elapsed = { kind: 'elapsed-hours', pausable: true, source: '' } as const;
  const type = requestType(RoomMove, RoomMoved, {
    ...{ name: 'room-move', version: 1, title: 'Move a room', decision: 'one-person', risk: 1 },
    lawEnforcement: false,
    subject: ({ room }) => [room],
    clocks: [
      ...[{ ...elapsed, name: 'respond', title: 'Respond', amount: 4, metBy: 'claimed' as const }],
      ...[{ ...elapsed, name: 'finish', title: 'Finish', amount: 48, metBy: 'answered' as const }],
    ],
    reopening: { withinDays: 28, clocks: ['finish'], source: 'of this test' },
    examples: [{ payload: { room: 'B12' }, answer: { outcome: 'moved' } }],
  });
  const definition = { ...deskMoves, requestTypes: [type] };
  const answer = type.examples[0]?.answer;
  let lost: UnitAtRest;
  let restored: UnitAtRest;
  let submission: Delivery;
  let id: string;
  /** Everything on the unit's topic after the moment. */
  let onUnitTopic: Delivery[];

  beforeEach(async () => {
    [lost, restored] = await Promise.all([
      UnitAtRest.start(definition, [OWNER]),
      UnitAtRest.start(definition, [OWNER]),
    ]);
    submission = lost.delivery({ force: OWNER, type });
    id = submission.envelope.subject as string;
    onUnitTopic = [];
    for (const { unit } of [lost, restored]) await arriveBatch(unit, [submission]);
  });
  afterEach(() => Promise.all([lost.stop(), restored.stop()]));

  const act = (command: StaffCommand, version: number, body: object = {}): Promise<unknown> =>
    changeRequest(lost.unit, { caller, reference: id, command, version, body });

  const say = async (messageType: string, more: object): Promise<void> => {
    const asked = { requestId: id, changeId: newId(), requestedBy: OWNER };
    const value = { ...asked, ...more, requestedAt: new Date().toISOString() };
    const delivery = {
      ...submission,
      envelope: { ...submission.envelope, id: newId(), type: messageType, value },
    };
    await arriveBatch(lost.unit, [delivery]);
    onUnitTopic.push(delivery);
  };

  /** Catches up, and then lets the consumer begin at the start of the topic again. */
  const restore = async (): Promise<void> => {
    const catching = new CatchUp(restored.unit, signers.all());
    await catching.notePublished(OWNER, onTopic(forceEventsTopic(OWNER), await publishedBy(lost)));
    await catching.takeSubmitted(
      onTopic(
        'unit.desk-moves.requests.v1',
        [submission, ...onUnitTopic].map(({ envelope }) => envelope),
      ),
    );
    expect(await catching.finish()).toMatchObject({ moved: 1, unknown: [] });
    await arriveBatch(restored.unit, [submission, ...onUnitTopic]);
  };

  /** The log has the events that the topic has, and sends none of them. */
  const expectNothingPublishedAgain = async (): Promise<void> => {
    const log = 'select event_id, type from event order by event_id';
    const sent = await publishedBy(restored);
    expect(sent.map(({ type: sentType }) => sentType)).toEqual(['concordat.request-queued.v1']);
    const onTopics = new Set((await publishedBy(lost)).map(({ id: eventId }) => eventId));
    const events = (await restored.rows(log)).map(({ event_id: eventId }) => String(eventId));
    expect(events.filter((eventId) => !onTopics.has(eventId))).toEqual(sent.map(({ id: own }) => own));
  };

  it('gives a reopened request the clocks that the reopening started', async () => {
    await act('claim', 1);
    await act('answer', 2, { answer });
    await say('concordat.reopening-requested.v1', { reason: 'It stands in the way' });
    await restore();
    const [[before], [after]] = await Promise.all([lost.rows(TASKS), restored.rows(TASKS)]);
    expect(before).toMatchObject({ state: 'queued', version: 4, clocks: [{ name: 'finish', metAt: null }] });
    expect(after).toEqual(before);
    await expectNothingPublishedAgain();
  });

  it('does not carry out a reopening again that was answered since', async () => {
    await act('claim', 1);
    await act('answer', 2, { answer });
    await say('concordat.reopening-requested.v1', { reason: 'It stands in the way' });
    await act('claim', 4);
    await act('answer', 5, { answer });
    await restore();
    expect(await restored.rows(TASKS)).toMatchObject([{ state: 'answered', version: 6 }]);
    await expectNothingPublishedAgain();
  });

  it('has the information and the corrected payload again, and publishes neither twice', async () => {
    await say('concordat.information-added.v1', { message: 'Use the back door.' });
    await say('concordat.correction-requested.v1', { reason: 'A slip', payload: { room: 'C3' } });
    await act('claim', 3);
    await act('answer', 4, { answer });
    await restore();
    const kept = 'select kind, text, author from note';
    expect(await restored.rows(kept)).toEqual(await lost.rows(kept));
    const corrections = 'select id, version, corrected, payload, reason, corrected_by from correction';
    expect(await lost.rows(corrections)).toHaveLength(1);
    expect(await restored.rows(corrections)).toEqual(await lost.rows(corrections));
    expect(await restored.rows(TASKS)).toMatchObject([{ state: 'answered', version: 5 }]);
    await expectNothingPublishedAgain();
  });
});
