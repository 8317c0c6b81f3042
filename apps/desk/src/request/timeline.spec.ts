import { describe, expect, it } from '@jest/globals';
import type { RequestAnswer, UnitType } from '../units/unit-api.ts';
import { timelineOf } from './timeline.ts';

const type = {
  payload: { properties: { motDueOn: { title: 'MOT due' } } },
  milestones: [{ name: 'made-safe', title: 'Made safe' }],
} as unknown as UnitType;
const at = '2026-03-03T09:30:00.000Z';
const request = {
  ...{ force: 'north', submittedBy: 'north-system', notes: [] },
  timeline: [
    {
      ...{ type: 'concordat.milestone-reached.v1', at, person: 'ann', sequence: 3, state: 'claimed' },
      ...{ milestone: 'made-safe', told: true, sentAt: null },
    },
  ],
  corrections: [
    { changeId: '1', at, by: 'north-system', reason: 'Typed twice', corrected: { motDueOn: null } },
  ],
} as unknown as RequestAnswer;

describe('the timeline of a request', () => {
  it('has the titles of milestones and of removed fields', () => {
    const items = timelineOf(request, type, { people: [], forces: [] });
    expect(items.map(({ title, said }) => [title, said])).toEqual([
      ['Milestone reached: Made safe', null],
      ['Corrected by the force', 'Typed twice\nMOT due: removed'],
    ]);
  });
});
