import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, UnitAtRest } from '#testing';
import type { StaffCaller } from '#web';
import { QUESTION_AND_REASON } from '../schema/question-and-reason.ts';
import type { StaffCommand } from './change-body.ts';
import { changeRequest } from './change-request.ts';

const OWNER = 'north';
const [deskMove] = deskMoves.requestTypes as [(typeof deskMoves.requestTypes)[0]];
const caller: StaffCaller = {
  kind: 'staff',
  person: 'me',
  name: 'Me',
  unit: deskMoves.slug,
  role: 'caseworker',
  forces: [OWNER],
};

describe('an event describes its request as it is now', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(deskMoves, [OWNER]);
  });
  afterAll(() => at?.stop());

  /** A request after these commands of one person, each with the version of the one before. */
  async function requestAfter(...commands: readonly (readonly [StaffCommand, object?])[]): Promise<string> {
    const [id] = (await at.arrive({ force: OWNER, type: deskMove })) as [string];
    for (const [index, [command, body = {}]] of commands.entries())
      await changeRequest(at.unit, { caller, reference: id, command, version: index + 1, body });
    return id;
  }
  const currentOf = async (id: string): Promise<unknown[]> => {
    const rows = await at.rows(
      `select data -> 'current' as current from event where request_id = $1 and topic is not null order by position`,
      [id],
    );
    return rows.map(({ current }) => current);
  };
  const milestone = ['milestone', { name: 'unplugged' }] as const;

  it('with the open question and the version that asked it, until the question ends', async () => {
    const question = { text: 'Which floor?', version: 3 };
    const id = await requestAfter(
      ['claim'],
      ['ask', { question: 'Which floor?' }],
      ['note', { text: 'Nobody answers the telephone' }],
      milestone,
      ['withdraw-question'],
    );
    expect(await currentOf(id)).toEqual([
      { state: 'queued' },
      { state: 'claimed' },
      { state: 'waiting-for-force', question },
      { state: 'waiting-for-force', question },
      { state: 'claimed' },
    ]);
  });

  it('with the reason for a hold until the hold ends, and with the reason and the place when it is declined', async () => {
    const id = await requestAfter(
      ['claim'],
      ['hold', { reason: 'No lift' }],
      milestone,
      ['resume'],
      ['decline', { reason: 'Not ours', belongsTo: 'estates' }],
    );
    expect((await currentOf(id)).slice(2)).toEqual([
      { state: 'held', reason: 'No lift' },
      { state: 'held', reason: 'No lift' },
      { state: 'claimed' },
      { state: 'declined', reason: 'Not ours', belongsTo: 'estates' },
    ]);
  });

  it('also for requests that waited or were held before tasks kept their question and reason', async () => {
    const waiting = await requestAfter(['claim'], ['ask', { question: 'Which floor?' }]);
    const held = await requestAfter(['claim'], ['hold', { reason: 'No lift' }]);
    await at.rows(`
      alter table task drop column question, drop column reason;
      set role desk_moves_owner;
      ${QUESTION_AND_REASON.up('desk_moves_app')}
      reset role;
    `);
    for (const reference of [waiting, held])
      await changeRequest(at.unit, {
        caller,
        reference,
        command: 'milestone',
        version: 3,
        body: milestone[1],
      });
    expect((await currentOf(waiting)).at(-1)).toEqual({
      state: 'waiting-for-force',
      question: { text: 'Which floor?', version: 3 },
    });
    expect((await currentOf(held)).at(-1)).toEqual({ state: 'held', reason: 'No lift' });
    const secured = await at.rows(
      `select relname from pg_class where relname in ('task', 'event') and relforcerowsecurity`,
    );
    expect(secured).toHaveLength(2);
  });
});
