import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OneOf, Text, Whole } from '#contracts';
import { deskMoves, UnitAtRest } from '#testing';
import type { StaffCaller, StaffRole } from '#web';
import { arriveBatch } from './arrive/arrive-batch.ts';
import { changeRequest } from './change-request/change-request.ts';
import type { StaffCommand } from './change-request/change-body.ts';
import { keptIn } from './kept-records.ts';
import { getNext } from './get-next/get-next.ts';
import { listQueue } from './list-queue/list-queue.ts';
import { readRequest } from './read-request/read-request.ts';
import type { TaskView } from './task-view.ts';
import { UnitRuntime } from './unit-runtime.ts';
import type { Fields, RequestType, UnitDefinition } from './unit-definition.ts';

const FORCE = 'north';
const [first] = deskMoves.requestTypes as [RequestType];

class Room {
  @Whole({ min: 1, max: 99 }) floor!: number;
}
class Outcome {
  @OneOf(['done', 'left']) result!: string;
  @Text({ max: 20, optional: true }) by?: string;
}
const second: RequestType = {
  ...first,
  version: 2,
  title: 'Move a desk between floors',
  payload: Room,
  answer: Outcome,
  examples: [{ payload: { floor: 3 }, answer: { result: 'done' } }],
};

const staff = (role: StaffRole = 'caseworker'): StaffCaller => ({
  kind: 'staff',
  person: role,
  name: role,
  unit: deskMoves.slug,
  role,
  forces: [FORCE],
});

/** Gives the same database another definition, as after a deployment. */
function redeployed(at: UnitAtRest, requestTypes: readonly RequestType[]): UnitRuntime {
  const definition: UnitDefinition = { ...deskMoves, requestTypes };
  const forces = [{ slug: FORCE, name: FORCE, code: '91', sandbox: false }];
  return new UnitRuntime(definition, {
    database: at.unit.database,
    deadLetters: at.unit.deadLetters,
    forces,
  });
}
const changing =
  (unit: UnitRuntime) =>
  (id: string, command: StaffCommand, version: number, body?: object, role?: StaffRole): Promise<TaskView> =>
    changeRequest(unit, { caller: staff(role), reference: id, command, version, body });

describe('a request type of several versions', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(deskMoves, [FORCE]);
  });
  afterAll(() => at.stop());

  it('accepts requests of the older version, and works each request by its own version', async () => {
    const [open] = (await at.arrive({ force: FORCE, type: first })) as [string];
    const inFlight = at.delivery({ force: FORCE, type: first });
    const unit = redeployed(at, [second, first]);
    const change = changing(unit);
    const newer = at.delivery({ force: FORCE, type: second });
    await arriveBatch(unit, [inFlight, newer]);
    expect(await at.rows('select problem from dead_letter')).toEqual([]);
    for (const id of [open, inFlight.envelope.subject as string]) {
      expect(await readRequest(unit, staff(), id)).toMatchObject({ typeVersion: 1, title: first.title });
      await change(id, 'claim', 1);
      await expect(change(id, 'answer', 2, { answer: { result: 'done' } })).rejects.toMatchObject({
        code: 'invalid-payload',
      });
      expect(await change(id, 'answer', 2, { answer: { outcome: 'moved' } })).toMatchObject({
        state: 'answered',
      });
    }
    const id = newer.envelope.subject as string;
    expect(await readRequest(unit, staff(), id)).toMatchObject({
      typeVersion: 2,
      title: second.title,
      payload: { floor: 3 },
    });
    await change(id, 'claim', 1);
    await expect(change(id, 'answer', 2, { answer: { outcome: 'moved' } })).rejects.toMatchObject({
      code: 'invalid-payload',
    });
    expect(await change(id, 'answer', 2, { answer: { result: 'done' } })).toMatchObject({
      state: 'answered',
    });
  });

  it('keeps a version that is not declared as a dead letter', async () => {
    const unknown = at.delivery({ force: FORCE, type: { ...first, version: 3 } });
    await arriveBatch(redeployed(at, [first, second]), [unknown]);
    expect(await at.rows(`select problem ->> 'code' as code from dead_letter`)).toEqual([
      { code: 'unknown-type' },
    ]);
  });
});

describe('a request whose type is no longer declared', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(deskMoves, [FORCE]);
  });
  afterAll(() => at.stop());

  it('is in the queue under its type’s name, and can be claimed, read, released, noted and declined', async () => {
    const read = async (): Promise<Record<string, unknown>> => {
      throw new Error('no such type');
    };
    const [left, sound] = (await at.arrive(
      { force: FORCE, type: first, receivedAt: new Date(Date.now() - 3_600_000) },
      { force: FORCE, type: deskMoves.requestTypes[1] as RequestType },
    )) as [string, string];
    const other = deskMoves.requestTypes[1] as RequestType;
    const records = keptIn<Fields, Fields, object, Fields, Fields>(
      { read },
      { payload: (payload) => payload, answer: (answer) => answer },
    );
    const unit = redeployed(at, [{ ...other, records }]);
    const change = changing(unit);
    const { groups } = await listQueue(unit, staff(), { limit: 10 });
    const listed = groups.flatMap(({ items }) => items).map(({ id, title }) => [id, title]);
    expect(listed).toEqual(
      expect.arrayContaining([
        [left, 'desk-move'],
        [sound, 'Buy a desk'],
      ]),
    );
    expect(await getNext(unit, staff(), { count: 1, types: null })).toMatchObject([
      { id: left, title: 'desk-move', state: 'claimed' },
    ]);
    expect(await readRequest(unit, staff(), left)).toMatchObject({
      type: 'desk-move',
      typeVersion: 1,
      record: null,
    });
    await expect(change(left, 'answer', 2, { answer: { outcome: 'moved' } })).rejects.toMatchObject({
      code: 'unknown-type',
    });
    await change(left, 'note', 2, { text: 'what is this?' });
    await change(left, 'release', 3);
    await change(left, 'claim', 4);
    expect(
      await change(left, 'decline', 5, { reason: 'no longer done here', belongsTo: 'estates' }),
    ).toMatchObject({ state: 'declined' });
  });

  it('can be returned to its caseworker while it awaits a decision, but not confirmed', async () => {
    const purchase = deskMoves.requestTypes[1] as RequestType;
    const [id] = (await at.arrive({ force: FORCE, type: purchase })) as [string];
    const before = changing(at.unit);
    await before(id, 'claim', 1);
    await before(id, 'propose', 2, { answer: { outcome: 'moved' } });
    const change = changing(redeployed(at, [first]));
    await expect(change(id, 'confirm', 3, undefined, 'decision-maker')).rejects.toMatchObject({
      code: 'unknown-type',
    });
    expect(await change(id, 'return', 3, { reason: 'not done here' }, 'decision-maker')).toMatchObject({
      state: 'claimed',
    });
    expect(await change(id, 'decline', 4, { reason: 'no', belongsTo: 'estates' })).toMatchObject({
      state: 'declined',
    });
  });
});
