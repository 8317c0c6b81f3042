import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, eventually, RunningUnit, type StaffMember } from '#testing';
import { newId } from '#kernel';
import { keptIn } from '../kept-records.ts';
import type { RecordHooks, RequestType } from '../unit-definition.ts';

const [move, purchase] = deskMoves.requestTypes as [RequestType, RequestType];

/** Moves name the room as the contact and are related to each other; purchases have neither. */
const records: RecordHooks = {
  related: async (client, { owningForce }) => {
    const { rows } = await client.query<{ requestId: string }>(
      `select id as "requestId" from request where owning_force = $1 and type = $2`,
      [owningForce, move.name],
    );
    return rows.map(({ requestId }) => ({ requestId, summary: 'The same desk' }));
  },
};
const related = keptIn(records, { payload: () => ({}), answer: () => ({}) });
const definition = {
  ...deskMoves,
  requestTypes: deskMoves.requestTypes.map((type) =>
    type.name === move.name ? { ...type, contact: 'room', records: related } : type,
  ),
};

describe('a request that staff read', () => {
  let unit: RunningUnit;
  let caseworker: StaffMember;
  let decisionMaker: StaffMember;
  beforeAll(async () => {
    unit = await RunningUnit.start(definition);
    caseworker = await unit.staff('caseworker');
    decisionMaker = await unit.staff('decision-maker');
  }, 60_000);
  afterAll(() => unit?.stop(), 60_000);

  const claimed = async (type: RequestType): Promise<string> => {
    const id = await unit.submit({ force: unit.forces[0], type });
    await caseworker.do('claim', id);
    return id;
  };

  it('says which events the force is told of, and when each was sent', async () => {
    const id = await unit.submit({ force: unit.forces[0], type: move });
    // The claim comes after the first event was sent, so that the two are sent apart.
    await unit.event(id, 'request-queued');
    await caseworker.do('claim', id);
    await caseworker.do('note', id, { text: 'ask Sam' });
    await unit.event(id, 'request-claimed');
    const timeline = await eventually(
      async () => {
        const read = (await caseworker.read(id)).timeline;
        return read.every(({ told, sentAt }) => !told || sentAt !== null) && read;
      },
      { says: 'the moments of sending' },
    );
    expect(timeline.map(({ type, told }) => [type, told])).toEqual([
      ['concordat.note-added.v1', false],
      ['concordat.request-claimed.v1', true],
      ['concordat.request-queued.v1', true],
    ]);
    const [noted, claim, queued] = timeline;
    expect(noted?.sentAt).toBeNull();
    // The two events were sent apart, each soon after it was written.
    for (const told of [claim, queued])
      expect(Date.parse(String(told?.sentAt))).toBeGreaterThanOrEqual(Date.parse(String(told?.at)));
    expect(claim?.sentAt).not.toBe(queued?.sentAt);
    expect(Date.parse(String(queued?.sentAt))).toBeLessThanOrEqual(Date.parse(String(claim?.sentAt)));
  });

  it('shows an event as not sent while the broker refuses it, and as sent when it went after all', async () => {
    const id = await claimed(move);
    const sentAt = async (): Promise<string | null | undefined> =>
      (await caseworker.read(id)).timeline.find(({ type }) => type === 'concordat.request-claimed.v1')
        ?.sentAt;
    await eventually(async () => (await sentAt()) !== null, { says: 'the claim to be sent' });
    await unit.rows(
      `insert into unsent (owning_force, event_id, position, topic, reason, waits)
       select owning_force, event_id, position, topic, 'for this test', false
       from event where request_id = $1 and type = 'concordat.request-claimed.v1'`,
      [id],
    );
    expect(await sentAt()).toBeNull();
    await unit.rows(`update unsent set sent_at = '2026-03-02T09:30:00Z'`);
    expect(await sentAt()).toBe('2026-03-02T09:30:00.000Z');
  });

  it('shows to the second person what changed since the proposal, and nothing that came before', async () => {
    const id = await claimed(purchase);
    await caseworker.do('note', id, { text: 'before' });
    expect((await caseworker.read(id)).changedSinceProposal).toBeNull();
    await caseworker.do('propose', id, { answer: { outcome: 'moved' } });
    expect((await decisionMaker.read(id)).changedSinceProposal).toEqual({
      corrections: [],
      notes: [],
      events: [],
    });
    await decisionMaker.do('note', id, { text: 'after' });
    await unit.publish({
      id: newId(),
      source: '/intake',
      type: 'concordat.information-added.v1',
      time: new Date().toISOString(),
      subject: id,
      owningForce: unit.forces[0],
      value: {
        requestId: id,
        changeId: newId(),
        message: 'from the force',
        requestedAt: new Date().toISOString(),
        requestedBy: `force-${unit.forces[0]}`,
      },
    });
    const changed = await eventually(
      async () => {
        const since = (await decisionMaker.read(id)).changedSinceProposal;
        return since?.notes.length === 2 && since;
      },
      { says: 'the information' },
    );
    expect(changed.notes.map(({ text }) => text)).toEqual(['from the force', 'after']);
    expect(changed.events.map(({ type }) => type)).toEqual([
      'concordat.information-received.v1',
      'concordat.note-added.v1',
    ]);
    expect(await decisionMaker.do('return', id, { reason: 'look again' })).toMatchObject({ status: 200 });
    expect((await caseworker.read(id)).changedSinceProposal).toBeNull();
  });

  it('shows a returned proposal until another answer is proposed', async () => {
    const id = await claimed(purchase);
    const returned = async (): Promise<unknown> =>
      (await caseworker.read(id)).returnedProposal?.answer ?? null;
    expect(await returned()).toBeNull();
    await caseworker.do('propose', id, { answer: { outcome: 'moved' } });
    expect(await returned()).toBeNull();
    await decisionMaker.do('return', id, { reason: 'look again' });
    await caseworker.do('note', id, { text: 'I look' });
    expect(await returned()).toEqual({ outcome: 'moved' });
    await caseworker.do('propose', id, { answer: { outcome: 'moved' } });
    expect(await returned()).toBeNull();
  });

  it('names the person to speak to at the force, if its type names the field', async () => {
    expect((await caseworker.read(await claimed(move))).forceContact).toBe('B12');
    expect((await caseworker.read(await claimed(purchase))).forceContact).toBeNull();
  });

  it('says which commands the caller may give, and why not the others', async () => {
    const id = await claimed(move);
    const { allowed } = await caseworker.read(id);
    expect(allowed.filter((one) => one.allowed).map(({ command }) => command)).toEqual([
      'release',
      'hold',
      'ask',
      'milestone',
      'note',
      'answer',
      'decline',
    ]);
    expect(allowed).toContainEqual({
      command: 'assign',
      allowed: false,
      why: 'Only a supervisor can assign this request; your role is caseworker.',
    });
    // One person answers, so that there is nothing to propose, confirm or return.
    expect(allowed.map(({ command }) => command)).not.toContain('propose');
    await caseworker.do('milestone', id, { name: 'unplugged' });
    const { unitReference, allowed: later } = await caseworker.read(id);
    const why = `${unitReference} has already reached all of its milestones.`;
    expect(later).toContainEqual({ command: 'milestone', allowed: false, why });
  });

  it('shows other requests about the same thing, newest first, of the same force only', async () => {
    const [north, middle] = unit.forces;
    await unit.submit({ force: middle, type: move });
    const [first, second, third] = [
      await unit.submit({ force: north, type: move }),
      await claimed(move),
      await unit.submit({ force: north, type: move }),
    ];
    const { related: shown } = await caseworker.read(first);
    const [newest, next] = [await caseworker.read(third), await caseworker.read(second)];
    expect(shown.slice(0, 2)).toEqual([
      {
        reference: newest.unitReference,
        type: move.name,
        subject: newest.subject,
        title: move.title,
        state: 'queued',
        at: newest.receivedAt,
        summary: 'The same desk',
      },
      expect.objectContaining({ reference: next.unitReference, state: 'claimed' }),
    ]);
    const own = (await unit.rows(
      'select count(*)::int as n from request where owning_force = $1 and type = $2',
      [north, move.name],
    )) as [{ n: number }];
    expect(shown).toHaveLength(own[0].n - 1);
    expect((await caseworker.read(await claimed(purchase))).related).toEqual([]);
  });
});
