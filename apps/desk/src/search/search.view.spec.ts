import { describe, expect, it } from '@jest/globals';
import type { UnitAnswer } from '../units/unit-api.ts';
import { kindsOf } from './search.view.ts';

const unit = (slug: string, titles: readonly string[]): UnitAnswer =>
  ({
    slug,
    title: slug.toUpperCase(),
    types: titles.map((title, index) => ({ name: `type-${index}`, title, newest: !title.startsWith('Old') })),
  }) as unknown as UnitAnswer;

describe('a search for the kind of a request', () => {
  const fleet = unit('fleet', ['Report a collision of a police vehicle', 'Repair a vehicle', 'Old repair']);

  it('leads to the list of each kind whose title has all words, also by their beginnings', () => {
    expect(kindsOf('Collis police', [fleet])).toEqual([
      { text: 'Report a collision of a police vehicle', href: '/work?who=all&unit=fleet&type=type-0' },
    ]);
    expect(kindsOf('vehicle', [fleet])).toHaveLength(2);
  });

  it('names the unit for a person who has several', () => {
    const estates = unit('estates', ['Repair a fault']);
    expect(kindsOf('repair', [fleet, estates]).map(({ text }) => text)).toEqual([
      'FLEET: Repair a vehicle',
      'ESTATES: Repair a fault',
    ]);
  });

  it('leads nowhere for other words, for short ones and for a version that is no longer the newest', () => {
    for (const query of ['collision zebra', 'a', '...', 'old'])
      expect([query, kindsOf(query, [fleet])]).toEqual([query, []]);
  });
});
