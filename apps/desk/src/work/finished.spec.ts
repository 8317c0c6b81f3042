import { describe, expect, it } from '@jest/globals';
import type { UnitAnswer } from '../units/unit-api.ts';
import { answerText, otherFinished } from './finished.ts';
import { readWorkQuery } from './work-query.ts';

const unit = {
  types: [
    {
      ...{ name: 'vehicle-repair', newest: true },
      answer: {
        properties: { outcome: { enum: ['completed'], title: 'Outcome' }, workDone: { title: 'Work done' } },
      },
    },
  ],
} as unknown as UnitAnswer;

describe('a row of the list of finished requests', () => {
  it('has the answer in one line', () => {
    const answer = { workDone: 'Discs\nand pads.', outcome: 'completed', costPence: 31_250 };
    expect(answerText(answer, unit, 'vehicle-repair')).toBe('Completed · Discs and pads. · £312.50');
    expect(answerText({ workDone: 'x'.repeat(500) }, unit, 'vehicle-repair')).toHaveLength(200);
  });

  it('is also in the list of everybody, which keeps the filters', () => {
    const mine = readWorkQuery({ sort: 'finished', force: 'essex' });
    expect(otherFinished(mine)).toEqual({
      text: 'Finished by everybody',
      href: '/work?who=all&force=essex&sort=finished',
    });
    expect(otherFinished({ ...mine, who: 'all' }).href).toBe('/work?force=essex&sort=finished');
  });
});
