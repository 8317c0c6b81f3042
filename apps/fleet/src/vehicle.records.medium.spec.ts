import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordsInDatabase } from '#testing';
import unit from './fleet.unit.ts';

let fleet: RecordsInDatabase;
beforeAll(async () => {
  fleet = await RecordsInDatabase.open(unit);
});
afterAll(() => fleet.close());

const FORCE = 'bedfordshire';
const repairOf = (vrm: string, odometerMiles: number) =>
  fleet.request(FORCE, 'vehicle-repair', { vrm, odometerMiles });
const refused = { problem: { errors: [{ pointer: '/answer/odometerMiles', code: 'AnOdometerNeverFalls' }] } };

describe('an odometer', () => {
  it('may contradict the reading of the force: the unit answers with its own, and the claim is marked as disputed', async () => {
    const [typo, low] = [repairOf('OD11AAA', 482_100), repairOf('OD11AAA', 4_821)];
    await fleet.arrive(typo, low);
    expect(await fleet.read(typo)).toMatchObject({ odometerConfirmed: false });
    await fleet.answer(typo, { odometerMiles: 48_215 });
    const later = repairOf('OD11AAA', 48_100);
    await fleet.arrive(later);
    const record = await fleet.read(typo);
    expect(record).toMatchObject({ odometerMiles: 48_215, odometerConfirmed: true });
    const readings = (record?.['readings'] as { miles: number; disputed: boolean }[]).map(
      ({ miles, disputed }) => [miles, disputed],
    );
    expect(readings.sort(([a], [b]) => Number(a) - Number(b))).toEqual([
      [4_821, false],
      [48_100, true],
      [48_215, false],
      [482_100, true],
    ]);
  });

  it('never falls in an answer: the refusal says how to correct it, and a later answer is accepted', async () => {
    const repair = repairOf('OD12BBB', 5_000);
    await fleet.arrive(repair);
    await fleet.answer(repair, { odometerMiles: 5_000 });
    await expect(fleet.answer(repair, { odometerMiles: 4_999 })).rejects.toMatchObject({
      problem: {
        errors: [
          {
            ...refused.problem.errors[0],
            detail: expect.stringContaining('/v1/vehicles/bedfordshire/OD12BBB/corrections'),
          },
        ],
      },
    });
    await fleet.answer(repair, { odometerMiles: 5_000 });
    expect(await fleet.read(repair)).toMatchObject({
      odometerMiles: 5_000,
      jobs: [{ kind: 'vehicle-repair', outcome: 'completed' }],
    });
  });

  it('is asked about again if it has a digit too many or too few for what is known of the vehicle', async () => {
    const repair = repairOf('OD14DDD', 48_210);
    await fleet.arrive(repair);
    expect(await fleet.cautions(repair)).toEqual([
      {
        ...{ pointer: '/odometerMiles', least: 48_210, most: 482_099 },
        detail: expect.stringContaining('The force read 48,210 miles for OD14DDD'),
      },
    ]);
    await fleet.answer(repair, { odometerMiles: 48_300 });
    const later = repairOf('OD14DDD', 4_831);
    await fleet.arrive(later);
    expect(await fleet.cautions(later)).toMatchObject([
      { least: 48_300, most: 482_999, detail: expect.stringContaining('The unit read 48,300 miles') },
    ]);
    const fresh = repairOf('OD15EEE', 0);
    await fleet.arrive(fresh);
    expect(await fleet.cautions(fresh)).toMatchObject([{ least: 0, most: 9 }]);
  });

  it('never falls within a batch of answers', async () => {
    const two = [repairOf('OD13CCC', 10), repairOf('OD13CCC', 10)];
    await fleet.arrive(...two);
    const answered = [60, 50].map((odometerMiles, n) => ({ request: two[n]!, answer: { odometerMiles } }));
    const faults = await fleet.database.transaction([FORCE], async (client) =>
      fleet.records.answerFaults(client, answered),
    );
    expect(faults).toMatchObject([[], refused.problem.errors]);
  });

  it('has readings that nobody can change or delete in the database', async () => {
    await expect(
      fleet.rows(FORCE, "update odometer_reading set miles = 1 where vrm = 'OD12BBB'"),
    ).rejects.toThrow('kept as it was taken');
    await expect(fleet.rows(FORCE, "delete from odometer_reading where vrm = 'OD12BBB'")).rejects.toThrow(
      'permission denied',
    );
  });
});

describe('a vehicle', () => {
  it('is off the road until it comes back, and shows the values of its latest request', async () => {
    const repair = fleet.request(FORCE, 'vehicle-repair', {
      vrm: 'OR11CCC',
      odometerMiles: 10,
      makeAndModel: 'Invented Van',
    });
    const service = fleet.request(FORCE, 'vehicle-service', { vrm: 'OR11CCC', odometerMiles: 12 });
    await fleet.arrive(repair, service);
    const known = {
      makeAndModel: 'Invented Van',
      offRoadReason: 'fault',
      motDueOn: '2026-03-27',
      serviceDueOn: '2026-03-20',
    };
    expect(await fleet.read(service)).toMatchObject({
      ...known,
      offRoadSince: new Date('2026-03-02T06:45:00Z'),
    });
    await fleet.answer(repair, { odometerMiles: 14 });
    expect(await fleet.read(service)).toMatchObject({
      offRoadSince: null,
      offRoadReason: null,
      makeAndModel: 'Invented Van',
    });
  });

  it('stays off the road when it is beyond repair', async () => {
    const collision = fleet.request(FORCE, 'vehicle-collision', { vrm: 'OR12DDD', odometerMiles: 10 });
    await fleet.arrive(collision);
    await fleet.answer(collision, { outcome: 'beyond-repair', odometerMiles: 10 });
    expect(await fleet.read(collision)).toMatchObject({ offRoadReason: 'accident-damage' });
  });

  it('leads from each of its requests to the others, newest first, with what came of them', async () => {
    const request = (type: string, minute: number, force = FORCE) => ({
      ...fleet.request(force, type, { vrm: 'RL11AAA', odometerMiles: 10 }),
      receivedAt: `2026-03-02T09:0${String(minute)}:00.000Z`,
    });
    const [repair, service, newest] = [
      request('vehicle-repair', 1),
      request('vehicle-service', 2),
      request('vehicle-repair', 3),
    ];
    const theirs = request('vehicle-repair', 4, 'cambridgeshire');
    await fleet.arrive(repair, service, newest, theirs);
    await fleet.answer(repair, { outcome: 'completed', odometerMiles: 12, workDone: 'New brakes' });
    expect(await fleet.related(newest)).toEqual([
      { requestId: service.id, summary: 'RL11AAA: not finished yet' },
      { requestId: repair.id, summary: 'RL11AAA: completed. New brakes' },
    ]);
    expect(await fleet.related(theirs)).toEqual([]);
    expect(await fleet.related(newest, 'cambridgeshire')).toEqual([]);
  });

  it('belongs to one force, even when another force uses the same registration mark', async () => {
    const ours = fleet.request('bedfordshire', 'vehicle-repair', { vrm: 'TW11EEE', odometerMiles: 700 });
    const theirs = fleet.request('cambridgeshire', 'vehicle-repair', { vrm: 'TW11EEE', odometerMiles: 20 });
    await fleet.arrive(ours, theirs);
    expect(
      await fleet.rows('cambridgeshire', "select miles from odometer_reading where vrm = 'TW11EEE'"),
    ).toEqual([{ miles: 20 }]);
    expect(await fleet.read(ours, 'cambridgeshire')).toBeNull();
  });
});
