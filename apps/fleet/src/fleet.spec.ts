import { describe, expect, it } from '@jest/globals';
import { describeRequestTypes, dueOf, faultsOf, rulesBroken } from '#testing';
import unit from './fleet.unit.ts';
import { vehicleCollision } from './vehicle-collision.request.ts';
import { vehicleRepair } from './vehicle-repair.request.ts';
import { vehicleService } from './vehicle-service.request.ts';

describeRequestTypes(unit);

describe('a registration mark', () => {
  it.each([
    ['current', 'AB12CDE'],
    ['prefix, one digit', 'A1AAA'],
    ['prefix, three digits', 'A999AAA'],
    ['suffix, one digit', 'AAA1A'],
    ['suffix, three digits', 'AAA999A'],
    ['dateless, letters first', 'AB1234'],
    ['dateless, digits first', '1234AB'],
    ['dateless, shortest', 'A1'],
    ['Northern Ireland with I', 'AIG1234'],
    ['Northern Ireland with Z', 'EXZ4321'],
    ['diplomatic', '123D456'],
  ])('is accepted in the %s style: %s', (_, vrm) => {
    expect(faultsOf(vehicleRepair, { vrm })).toEqual([]);
  });

  it.each([
    ['lower case', 'ab12cde'],
    ['a space', 'AB12 CDE'],
    ['a prefix number of 0', 'A0AAA'],
    ['a prefix number above 999', 'A1000AAA'],
    ['three letters and four digits without I or Z', 'ABC1234'],
    ['seven characters without a date', 'AB12345'],
    ['one character', 'A'],
    ['letters only', 'ABCDEF'],
    ['a letter other than D in the diplomatic style', '123X456'],
    ['a line break after it', 'AB12CDE\n'],
    ['no characters', ''],
  ])('is refused with %s', (_, vrm) => {
    expect(faultsOf(vehicleRepair, { vrm })).toEqual(['/payload/vrm']);
  });
});

describe('a request about a vehicle', () => {
  it.each([
    ['a negative odometer', vehicleRepair, { odometerMiles: -1 }, ['/payload/odometerMiles']],
    ['a fraction of a mile', vehicleRepair, { odometerMiles: 10.5 }, ['/payload/odometerMiles']],
    ['no odometer', vehicleRepair, { odometerMiles: undefined }, ['/payload/odometerMiles']],
    [
      'a vehicle off the road without the time since when',
      vehicleRepair,
      { offRoadSince: undefined },
      ['/payload/offRoadSince'],
    ],
    [
      'a vehicle off the road without a reason',
      vehicleRepair,
      { offRoadReason: undefined },
      ['/payload/offRoadReason'],
    ],
    [
      'a date without a time as the off-road time',
      vehicleRepair,
      { offRoadSince: '2026-03-02' },
      ['/payload/offRoadSince'],
    ],
    [
      'an off-road time and reason for a vehicle on the road',
      vehicleRepair,
      { offRoad: false },
      ['/payload/offRoadSince', '/payload/offRoadReason'],
    ],
    [
      'an off-road time in the future',
      vehicleRepair,
      { offRoadSince: '2199-01-01T00:00:00Z' },
      ['/payload/offRoadSince'],
    ],
    ['an MOT due without its date', vehicleService, { motDueOn: undefined }, ['/payload/motDueOn']],
    [
      'an availability that ends before it begins',
      vehicleService,
      { availableUntil: '2026-03-08' },
      ['/payload/availableUntil'],
    ],
    [
      'a class of collision that is not listed',
      vehicleCollision,
      { collisionClass: 'scratch' },
      ['/payload/collisionClass'],
    ],
    [
      'a collision in the future',
      vehicleCollision,
      { occurredAt: '2199-01-01T00:00:00Z' },
      ['/payload/occurredAt'],
    ],
    ['an owning force', vehicleRepair, { owningForce: 'hertfordshire' }, ['/payload/owningForce']],
  ])('is refused with %s', (_, type, change, pointers) => {
    expect(faultsOf(type, change)).toEqual(pointers);
  });

  it('names the broken rule in a sentence when it is refused', () => {
    expect(rulesBroken(vehicleRepair, { offRoadSince: undefined })).toEqual([
      'AnOffRoadVehicleSaysSinceWhen',
    ]);
  });
});

describe('the clocks of fleet', () => {
  // Settings of the deployment (fleet.settings.json): 4 working hours and 5 working days, 09:00 to 17:00.
  it('counts working time over a weekend and the Easter bank holidays', () => {
    // Thursday 2 April 2026 15:00 BST; Good Friday 3, Easter Monday 6 April. 2 h on Thursday, 2 h on Tuesday
    // 7: 11:00 BST. Five working days after Thursday 2: 7, 8, 9, 10, 13 April, until midnight BST.
    expect(dueOf(vehicleRepair, {}, '2026-04-02T14:00:00Z')).toEqual({
      'take-up': '2026-04-07T10:00:00.000Z',
      return: '2026-04-13T23:00:00.000Z',
    });
  });
});
