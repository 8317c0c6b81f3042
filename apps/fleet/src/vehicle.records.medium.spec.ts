import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordsInDatabase } from '#testing';
import unit from './fleet.unit.ts';

let fleet: RecordsInDatabase;
beforeAll(async () => {
  fleet = await RecordsInDatabase.open(unit);
});
afterAll(() => fleet.close());

const FORCE = 'bedfordshire';
const readings = (vrm: string): Promise<Record<string, unknown>[]> =>
  fleet.rows(FORCE, `select miles, disputed from odometer_reading where vrm = '${vrm}' order by miles`);

describe('an odometer', () => {
  it('never falls: a lower reading on arrival is kept as disputed, alone or within one batch', async () => {
    const repair = (odometerMiles: number) => fleet.request(FORCE, 'vehicle-repair', { vrm: 'OD11AAA', odometerMiles });
    await fleet.arrive(repair(1000), repair(900), repair(1100));
    await fleet.arrive(repair(1050));
    expect(await readings('OD11AAA')).toEqual([
      { miles: 900, disputed: true },
      { miles: 1000, disputed: false },
      { miles: 1050, disputed: true },
      { miles: 1100, disputed: false },
    ]);
    expect(await fleet.rows(FORCE, "select odometer_miles from vehicle where vrm = 'OD11AAA'")).toEqual([{ odometer_miles: 1100 }]);
  });

  it('never falls in an answer: it is refused, and the answer can be given again', async () => {
    const repair = fleet.request(FORCE, 'vehicle-repair', { vrm: 'OD12BBB', odometerMiles: 5000 });
    await fleet.arrive(repair);
    await expect(fleet.answer(repair, { odometerMiles: 4999 })).rejects.toMatchObject({
      code: 'invalid-payload',
      problem: { errors: [{ pointer: '/answer/odometerMiles', code: 'AnOdometerNeverFalls' }] },
    });
    await fleet.answer(repair, { odometerMiles: 5000 });
    expect(await fleet.read(repair)).toMatchObject({ odometerMiles: 5000, jobs: [{ kind: 'vehicle-repair', outcome: 'completed' }] });
  });

  it('never falls in the database either', async () => {
    await expect(fleet.rows(FORCE, "update vehicle set odometer_miles = odometer_miles - 1 where vrm = 'OD12BBB'")).rejects.toThrow(
      'never falls',
    );
  });
});

describe('a vehicle', () => {
  it('is off the road until it comes back, and is known by its latest request', async () => {
    const repair = fleet.request(FORCE, 'vehicle-repair', { vrm: 'OR11CCC', odometerMiles: 10, makeAndModel: 'Invented Van' });
    const service = fleet.request(FORCE, 'vehicle-service', { vrm: 'OR11CCC', odometerMiles: 12 });
    await fleet.arrive(repair, service);
    const known = { makeAndModel: 'Invented Van', offRoadReason: 'fault', motDueOn: '2026-03-27', serviceDueOn: '2026-03-20' };
    expect(await fleet.read(service)).toMatchObject({ ...known, offRoadSince: new Date('2026-03-02T06:45:00Z') });
    await fleet.answer(repair, { odometerMiles: 14 });
    expect(await fleet.read(service)).toMatchObject({ offRoadSince: null, offRoadReason: null, makeAndModel: 'Invented Van' });
  });

  it('stays off the road when it is beyond repair', async () => {
    const collision = fleet.request(FORCE, 'vehicle-collision', { vrm: 'OR12DDD', odometerMiles: 10 });
    await fleet.arrive(collision);
    await fleet.answer(collision, { outcome: 'beyond-repair', odometerMiles: 10 });
    expect(await fleet.read(collision)).toMatchObject({ offRoadReason: 'accident-damage' });
  });

  it('is the same mark to two forces, and two vehicles', async () => {
    const ours = fleet.request('bedfordshire', 'vehicle-repair', { vrm: 'TW11EEE', odometerMiles: 700 });
    const theirs = fleet.request('cambridgeshire', 'vehicle-repair', { vrm: 'TW11EEE', odometerMiles: 20 });
    await fleet.arrive(ours, theirs);
    expect(await fleet.rows('cambridgeshire', "select miles, disputed from odometer_reading where vrm = 'TW11EEE'")).toEqual([
      { miles: 20, disputed: false },
    ]);
    expect(await fleet.read(ours, 'cambridgeshire')).toBeNull();
  });
});
