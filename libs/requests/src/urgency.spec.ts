import { describe, expect, it } from '@jest/globals';
import {
  clockFaults,
  DEMONSTRATION_URGENCY,
  URGENCIES,
  urgencyBounds,
  urgencyOf,
  type ClockDefinition,
} from './index.ts';

const HOUR_MS = 3_600_000;
const now = new Date('2026-01-12T12:00:00Z');
const inHours = (hours: number): Date => new Date(now.getTime() + hours * HOUR_MS);

describe('urgency', () => {
  it.each([
    [-24.001, 'criticallyOverdue'],
    [-24, 'overdue'],
    [-0.001, 'overdue'],
    [0, 'dueSoon'],
    [24, 'dueSoon'],
    [24.001, 'notDueYet'],
  ] as const)(
    'of a request that is due in %f hours is %s, by the demonstration thresholds',
    (hours, urgency) => {
      expect(urgencyOf(inHours(hours), now)).toBe(urgency);
    },
  );

  it('of a request that has no due moment is paused', () => {
    expect(urgencyOf(null, now)).toBe('paused');
    expect(URGENCIES).toHaveLength(5);
  });

  it('follows the unit’s own thresholds, and a query gets the same bounds', () => {
    const own = { criticallyOverdueAfterMs: HOUR_MS, dueSoonWithinMs: 2 * HOUR_MS, source: 'example' };
    expect([-2, -0.5, 1, 3].map((hours) => urgencyOf(inHours(hours), now, own))).toEqual([
      'criticallyOverdue',
      'overdue',
      'dueSoon',
      'notDueYet',
    ]);
    expect(urgencyBounds(now, own)).toEqual({
      criticallyOverdueBefore: inHours(-1),
      overdueBefore: now,
      dueSoonUpTo: inHours(2),
    });
    // Nobody has decided the demonstration values, so no source may be named.
    expect(DEMONSTRATION_URGENCY.source).toBe('');
  });
});

describe('the clocks of a request type', () => {
  const clock: ClockDefinition = {
    name: 'fix',
    title: 'Fix',
    kind: 'working-days',
    amount: 5,
    pausable: true,
    metBy: 'answered',
    source: '',
  };

  it('are accepted if each name is used once and one clock runs until the answer', () => {
    expect(
      clockFaults([
        clock,
        { ...clock, name: 'respond', kind: 'elapsed-hours', amount: 0.5, metBy: 'claimed' },
      ]),
    ).toEqual([]);
    expect(clockFaults([{ ...clock, amount: () => null, kind: () => 'calendar-days' }])).toEqual([]);
  });

  it.each([
    ['there is none', [], 'has no clock'],
    [
      'a claim ends them all',
      [{ ...clock, metBy: 'claimed' as const }],
      'has no clock that runs until the answer',
    ],
    ['two share a name', [clock, clock], 'has two clocks named fix'],
    [
      'a name is not kebab-case',
      [{ ...clock, name: 'Fix It' }],
      'has a clock whose name "Fix It" is not kebab-case',
    ],
    [
      'a milestone is not kebab-case',
      [clock, { ...clock, name: 'safe', metBy: { milestone: 'Made safe' } }],
      'has a milestone whose name "Made safe" is not kebab-case',
    ],
    [
      'only a milestone ends them',
      [{ ...clock, metBy: { milestone: 'made-safe' } }],
      'has no clock that runs until the answer',
    ],
    [
      'an amount is part of a day',
      [{ ...clock, amount: 1.5 }],
      'has a clock fix with the amount 1.5, which its kind does not allow',
    ],
    [
      'an amount is zero',
      [{ ...clock, amount: 0 }],
      'has a clock fix with the amount 0, which its kind does not allow',
    ],
  ])('are refused when %s', (_, clocks, fault) => {
    expect(clockFaults(clocks)).toEqual([fault]);
  });
});
