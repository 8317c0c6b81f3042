import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { UnitAtRest } from '#testing';
import { changeRequest, changeRequests, newestTypes } from '#unit';
import type { StaffCaller } from '#web';
import unit from './firearms-licensing.unit.ts';

const FORCE = 'north';
const staff = (person: string, role: StaffCaller['role']): StaffCaller => ({
  ...{ kind: 'staff', person, name: person, unit: unit.slug, role, forces: [FORCE] },
});
const caseworker = staff('cas', 'caseworker');
const decider = staff('dee', 'decision-maker');
const typeNamed = (name: string) => newestTypes(unit.requestTypes).find((type) => type.name === name)!;
const grant = typeNamed('certificate-grant');
const SOUND = grant.examples[0]!.answer;
const UNSOUND = {
  decision: 'granted',
  departsFromGuidance: true,
  livesAlone: false,
  refereesAnswered: false,
};
/** The faults of UNSOUND, in the order of the rules. */
const FAULTS = [
  { pointer: '/answer/reasons', code: 'ADepartureFromGuidanceHasReasons' },
  { pointer: '/answer/startsOn', code: 'AGrantHasAStart' },
  { pointer: '/answer/refereesAnswered', code: 'BothRefereesAnswer' },
  { pointer: '/answer/householdInterviewedOn', code: 'TheHouseholdIsInterviewed' },
  { pointer: '/answer/socialMediaCheckedOn', code: 'SocialMediaAreChecked' },
];
const refusedWith = (errors: readonly object[]) => ({
  problem: { status: 422, code: 'invalid-payload', errors },
});

describe('a proposed decision on a certificate', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(unit, [FORCE]);
    await at.rows(`insert into agreement values ('a', 1, 'live', array['${FORCE}'], '2020-01-01', null)`);
    for (const { name } of unit.requestTypes) {
      await at.rows(`insert into delegation values ($1, 'a', 1, 'dee', $2, '2020-01-01', null)`, [
        FORCE,
        name,
      ]);
    }
  });
  afterAll(() => at.stop());

  const claimed = async (type = grant): Promise<string> => {
    const [id] = (await at.arrive({ force: FORCE, type })) as [string];
    await changeRequest(at.unit, {
      caller: caseworker,
      reference: id,
      command: 'claim',
      version: 1,
      body: undefined,
    });
    return id;
  };
  const propose = (id: string, answer: object, version = 2) =>
    changeRequest(at.unit, {
      caller: caseworker,
      reference: id,
      command: 'propose',
      version,
      body: { answer },
    });
  const confirm = (id: string) =>
    changeRequest(at.unit, {
      caller: decider,
      reference: id,
      command: 'confirm',
      version: 3,
      body: undefined,
    });
  const traces = () =>
    at.rows(
      `select (select count(*)::int from proposal) as proposals, (select count(*)::int from event) as events,
         (select count(*)::int from certificate) as certificates`,
    );

  it('is refused with every fault at once, and leaves no trace', async () => {
    const id = await claimed();
    const before = await traces();
    await expect(propose(id, UNSOUND)).rejects.toMatchObject(refusedWith(FAULTS));
    expect(await traces()).toEqual(before);
    expect(await propose(id, SOUND)).toMatchObject({ state: 'awaiting-decision', version: 3 });
    expect(await traces()).toMatchObject([{ certificates: before[0]?.['certificates'] }]);
    expect(await confirm(id)).toMatchObject({ state: 'answered' });
  });

  it('is refused for dates in the future and for missing checks in one refusal', async () => {
    const id = await claimed();
    await expect(
      propose(id, { ...SOUND, socialMediaCheckedOn: '2199-01-01', refereesAnswered: false }),
    ).rejects.toMatchObject(
      refusedWith([
        { pointer: '/answer/socialMediaCheckedOn', code: 'SocialMediaCheckedOnHasHappened' },
        { pointer: '/answer/refereesAnswered', code: 'BothRefereesAnswer' },
      ]),
    );
  });

  it('is refused alone among changes sent together, and the sound ones are accepted', async () => {
    const [wrong, right, other] = [await claimed(), await claimed(), await claimed()];
    const proposing = (reference: string, answer: object) => ({
      reference,
      command: 'propose' as const,
      version: 2,
      body: { answer },
    });
    const outcomes = await changeRequests(at.unit, caseworker, [
      proposing(wrong, UNSOUND),
      proposing(right, SOUND),
      proposing(other, { ...SOUND, startsOn: undefined }),
      // This is the first request again, now without faults. Its refusal above has not changed it.
      proposing(wrong, SOUND),
    ]);
    expect(outcomes.map(({ task, refusal }) => task?.state ?? refusal?.problem)).toMatchObject([
      { status: 422, errors: FAULTS },
      'awaiting-decision',
      { status: 422, errors: [{ pointer: '/answer/startsOn' }] },
      'awaiting-decision',
    ]);
  });

  it('is checked again when it is confirmed, and can be returned when it has faults', async () => {
    const id = await claimed();
    // An earlier release accepted such a proposal without the checks.
    await at.rows(
      `update task set state = 'awaiting-decision', proposer = 'cas', version = 3 where id = $1`,
      [id],
    );
    await at.rows(
      `insert into proposal (owning_force, id, request_id, version, proposer, answer) values ($1, $2, $3, 3, 'cas', $4)`,
      [FORCE, newId(), id, UNSOUND],
    );
    const before = await traces();
    await expect(confirm(id)).rejects.toMatchObject({
      problem: {
        status: 422,
        detail: expect.stringMatching(/is no longer valid.*return it/i),
        errors: FAULTS,
      },
    });
    expect(await traces()).toEqual(before);
    const back = await changeRequest(at.unit, {
      caller: decider,
      reference: id,
      command: 'return',
      version: 3,
      body: { reason: 'Checks are missing.' },
    });
    expect(back).toMatchObject({ state: 'claimed' });
    expect(await propose(id, SOUND, 4)).toMatchObject({ state: 'awaiting-decision' });
  });
});
