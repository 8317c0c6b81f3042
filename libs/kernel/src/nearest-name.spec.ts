import { describe, expect, it } from '@jest/globals';
import { nearestName } from './nearest-name.ts';

const KNOWN = [
  'description',
  'location',
  'contact',
  'offRoad',
  'offRoadSince',
  'odometerMiles',
  { name: 'vrm', alias: 'Registration mark' },
];

describe('the nearest name', () => {
  it.each([
    ['another spelling', 'descripton', 'description'],
    ['swapped letters', 'loaction', 'location'],
    ['other separators and capitals', 'off_road_since', 'offRoadSince'],
    ['the closer of two', 'offroad', 'offRoad'],
    ['a part of the name', 'odometer', 'odometerMiles'],
    ['a longer name', 'contactName', 'contact'],
    ['another word for the name', 'registrationMark', 'vrm'],
    ['an extra letter', 'vrmm', 'vrm'],
  ])('is found for %s', (_, given, name) => {
    expect(nearestName(given, KNOWN)).toBe(name);
  });

  it.each(['', '---', 'urgency', 'x', 'a'.repeat(61), `description${'x'.repeat(60)}`])(
    'is not found for %j',
    (given) => {
      expect(nearestName(given, KNOWN)).toBeUndefined();
    },
  );
});
