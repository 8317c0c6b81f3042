import { expect, it } from '@jest/globals';
import type { Envelope } from '#contracts';
import { newId } from '#kernel';
import type { RequestType } from '#unit';
import type { RunningUnit, StaffMember } from './describe-unit.running.ts';
import { eventually } from './eventually.ts';

/** A running unit, a caseworker of it, and a request that this caseworker has just claimed. */
export interface Desk {
  readonly unit: RunningUnit;
  readonly caseworker: StaffMember;
  readonly claimed: () => Promise<string>;
}

/**
 * Tests the work on one claimed request: hold, question, decline, note. `claimed` gives requests of type
 * `first`.
 */
export function describeWork(first: RequestType, desk: () => Desk): void {
  it('stops the clocks that may stop while it is held, and goes on with what they had used', async () => {
    const { unit, caseworker, claimed } = desk();
    const id = await claimed();
    const before = await caseworker.read(id);
    expect(await caseworker.do('hold', id, { reason: 'the part is on order' })).toMatchObject({
      status: 200,
      body: { state: 'held' },
    });
    const held = await caseworker.read(id);
    expect(held.reason).toBe('the part is on order');
    expect(await caseworker.do('resume', id)).toMatchObject({ status: 200, body: { state: 'claimed' } });
    const after = await caseworker.read(id);
    for (const [index, clock] of before.clocks.entries()) {
      const pausable = first.clocks.find(({ name }) => name === clock.name)?.pausable === true;
      expect(held.clocks[index]?.state).toBe(clock.state === 'running' && pausable ? 'paused' : clock.state);
      expect(after.clocks[index]?.state).toBe(clock.state);
      // Used time is never given back.
      if (clock.left !== null) expect(after.clocks[index]?.left).toBeLessThanOrEqual(clock.left);
    }
    expect((await unit.event(id, 'request-resumed')).value.sequence).toBe(4);
  });

  it('asks the force, and goes on when it replies; a reply nobody waits for is kept', async () => {
    const { unit, caseworker, claimed } = desk();
    const [force] = unit.forces;
    const id = await claimed();
    expect(await caseworker.do('ask', id, { question: 'Which bay?' })).toMatchObject({
      status: 200,
      body: { state: 'waiting-for-force' },
    });
    expect((await unit.event(id, 'question-asked')).value.question).toBe('Which bay?');
    const reply = replyTo(id, force, 'Bay four');
    await unit.publish(reply, reply);
    await unit.event(id, 'reply-received');
    expect(await caseworker.read(id)).toMatchObject({
      state: 'claimed',
      assignee: caseworker.person,
      notes: [{ kind: 'reply', text: 'Bay four' }],
    });
    await unit.publish(replyTo(id, force, 'Bay five, sorry'));
    await eventually(
      async () => (await caseworker.read(id)).notes.some(({ text }) => text === 'Bay five, sorry'),
      {
        says: 'the late reply',
      },
    );
    expect(await caseworker.read(id)).toMatchObject({ state: 'claimed' });
    await unit.publish(replyTo(newId(), force, 'to nothing'));
    await unit.deadLetter(force, 'not-found');
  });

  it('takes a question back that nobody answers, and keeps the reply that comes after all', async () => {
    const { unit, caseworker, claimed } = desk();
    const [force] = unit.forces;
    const id = await claimed();
    await caseworker.do('ask', id, { question: 'Which bay?' });
    expect(await caseworker.do('withdraw-question', id)).toMatchObject({
      status: 200,
      body: { state: 'claimed' },
    });
    expect((await unit.event(id, 'question-withdrawn')).value).toMatchObject({
      state: 'claimed',
      sequence: 4,
    });
    expect(await caseworker.read(id)).toMatchObject({ assignee: caseworker.person, question: null });
    await unit.publish(replyTo(id, force, 'Bay six'));
    await eventually(async () => (await caseworker.read(id)).notes.some(({ text }) => text === 'Bay six'), {
      says: 'the late reply',
    });
    expect(await caseworker.read(id)).toMatchObject({ state: 'claimed', assignee: caseworker.person });
  });

  it('is declined only with whose job it is, and the force is told', async () => {
    const { unit, caseworker, claimed } = desk();
    const id = await claimed();
    expect(await caseworker.do('decline', id, { reason: 'not ours' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/belongsTo' }] },
    });
    expect(await caseworker.do('decline', id, { reason: 'not ours', belongsTo: 'Facilities' })).toMatchObject(
      { status: 200 },
    );
    expect((await unit.event(id, 'request-declined')).value).toMatchObject({
      state: 'declined',
      reason: 'not ours',
      belongsTo: 'Facilities',
    });
    expect(await caseworker.do('note', id, { text: 'too late' })).toMatchObject({ status: 409 });
  });

  it('keeps a note to itself', async () => {
    const { unit, caseworker, claimed } = desk();
    const id = await claimed();
    expect(await caseworker.do('note', id, { text: 'ask Sam on Monday' })).toMatchObject({
      status: 200,
      body: { version: 3 },
    });
    await caseworker.do('release', id);
    await unit.event(id, 'request-released');
    expect(JSON.stringify(unit.eventsOf(id))).not.toContain('Sam');
    expect((await caseworker.read(id)).notes).toMatchObject([
      { text: 'ask Sam on Monday', author: caseworker.person },
    ]);
  });
}

function replyTo(requestId: string, force: string, message: string): Envelope {
  const repliedAt = new Date().toISOString();
  return {
    id: newId(),
    source: '/intake',
    type: 'concordat.force-replied.v1',
    time: repliedAt,
    subject: requestId,
    owningForce: force,
    value: { requestId, message, repliedAt, repliedBy: `force-${force}` },
  };
}
