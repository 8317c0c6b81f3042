import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeEnvelope, forceEventsTopic, type Envelope, type WireMessage } from '#contracts';
import type { Delivery, ReceivedMessage } from '#messaging';
import { newId } from '#kernel';
import { deskMoves, UnitAtRest, UnitSigners } from '#testing';
import type { StaffCaller } from '#web';
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

describe('a request that was reopened after the moment that is restored', () => {
  it('has the clocks that the reopening started', async () => {
    const reopenable = {
      ...deskMove,
      reopening: { withinDays: 28, clocks: ['finish'], source: 'of this test' },
    };
    const definition = { ...deskMoves, requestTypes: [reopenable] };
    const [lost, restored] = await Promise.all([
      UnitAtRest.start(definition, [OWNER]),
      UnitAtRest.start(definition, [OWNER]),
    ]);
    const submission = lost.delivery({ force: OWNER, type: reopenable });
    const id = submission.envelope.subject as string;
    for (const { unit } of [lost, restored]) await arriveBatch(unit, [submission]);
    const answer = reopenable.examples[0]?.answer;
    await changeRequest(lost.unit, { caller, reference: id, command: 'claim', version: 1, body: {} });
    await changeRequest(lost.unit, {
      ...{ caller, reference: id, command: 'answer', version: 2, body: { answer } },
    });
    const asked = { requestId: id, changeId: newId(), reason: 'It stands in the way', requestedBy: OWNER };
    const value = { ...asked, requestedAt: new Date().toISOString() };
    const type = 'concordat.reopening-requested.v1';
    const envelope = { ...submission.envelope, id: newId(), type, value };
    await arriveBatch(lost.unit, [{ ...submission, envelope }]);

    const catching = new CatchUp(restored.unit, signers.all());
    await catching.notePublished(OWNER, onTopic(forceEventsTopic(OWNER), await publishedBy(lost)));
    expect(await catching.finish()).toMatchObject({ moved: 1, unknown: [] });
    const [[before], [after]] = await Promise.all([lost.rows(TASKS), restored.rows(TASKS)]);
    expect(before).toMatchObject({ state: 'queued', version: 4, clocks: [{ name: 'finish', metAt: null }] });
    expect(after).toEqual(before);
    await Promise.all([lost.stop(), restored.stop()]);
  });
});
