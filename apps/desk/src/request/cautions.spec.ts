import { describe, expect, it } from '@jest/globals';
import { askAbout, markOf, surprisesIn } from './cautions.ts';

const cautions = [
  { pointer: '/odometerMiles', least: 100, most: 999, detail: 'Read it again.' },
  { pointer: '/costs/parts', least: 0, most: 10, detail: 'Count again.' },
];

describe('an answer with an unusual number', () => {
  it('is asked about beside the field, with the words of the unit', () => {
    const surprises = surprisesIn(cautions, { odometerMiles: 99, costs: { parts: 11 } });
    expect(askAbout(surprises).errors).toEqual([
      { pointer: '/answer/odometerMiles', code: 'Unusual', detail: 'Read it again.' },
      { pointer: '/answer/costs/parts', code: 'Unusual', detail: 'Count again.' },
    ]);
  });

  it('is not asked about within the bounds, and what is no number is left to the unit', () => {
    for (const answer of [{ odometerMiles: 100 }, { odometerMiles: 999 }, { odometerMiles: 'many' }, {}])
      expect([answer, surprisesIn(cautions, answer)]).toEqual([answer, []]);
  });

  it('is asked about again if the number is another one', () => {
    const mark = (odometerMiles: number): string => markOf(surprisesIn(cautions, { odometerMiles }));
    expect(mark(99)).toBe(mark(99));
    expect(mark(99)).not.toBe(mark(98));
  });
});
