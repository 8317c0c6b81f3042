import { describe, expect, it } from '@jest/globals';
import { WorkingCalendar } from '#kernel';
import {
  lastDayToReopen,
  reopenClocks,
  reopeningFaults,
  type ClockDefinition,
  type Reopening,
} from './index.ts';

const CLOCKS: readonly ClockDefinition[] = [
  {
    name: 'take-up',
    title: 'Claimed',
    kind: 'elapsed-hours',
    amount: 4,
    pausable: false,
    metBy: 'claimed',
    source: '',
  },
  {
    name: 'served',
    title: 'Heard',
    kind: 'calendar-days',
    amount: 2,
    startsFrom: 'servedOn',
    pausable: false,
    metBy: 'answered',
    source: '',
  },
];
const REOPENING: Reopening = { withinDays: 14, clocks: ['served'], source: '' };

describe('the last day to reopen', () => {
  it.each([
    ['counts from the day in London, not in UTC', '2026-07-01T23:30:00Z', '2026-07-16'],
    ['counts every day over a change of the clocks', '2026-03-20T12:00:00Z', '2026-04-03'],
  ])('%s', (_, finishedAt, day) => {
    expect(lastDayToReopen(REOPENING, new Date(finishedAt))).toBe(day);
  });

  it('does not exist if the type does not allow reopening, or has no setting for it at present', () => {
    expect(lastDayToReopen(undefined, new Date())).toBeUndefined();
    expect(lastDayToReopen({ ...REOPENING, withinDays: () => null }, new Date())).toBeUndefined();
  });
});

describe('the clocks of a reopened request', () => {
  it('are those that the type names, from the moment the force asked and not from the payload', () => {
    const clocks = reopenClocks(
      CLOCKS,
      REOPENING,
      { servedOn: '2026-01-05' },
      '2026-03-02T09:30:00Z',
      new WorkingCalendar(),
    );
    expect(clocks).toMatchObject([
      {
        name: 'served',
        startedAt: '2026-03-02T09:30:00.000Z',
        dueAt: '2026-03-05T00:00:00.000Z',
        metAt: null,
      },
    ]);
  });
});

describe('a type that may be reopened', () => {
  it.each([
    [
      'half a day',
      { withinDays: 0.5 },
      'may be reopened within 0.5 days, but the number must be whole and at most 366',
    ],
    [
      'a clock it does not have',
      { clocks: ['served', 'other'] },
      'starts the clock other when it is reopened, but has no such clock',
    ],
    [
      'no clock until the answer',
      { clocks: ['take-up'] },
      'starts no clock that runs until the answer when it is reopened',
    ],
  ])('is refused with %s', (_, change, fault) => {
    expect(reopeningFaults({ ...REOPENING, ...change }, CLOCKS)).toEqual([fault]);
  });

  it('is accepted if everything is right', () => {
    expect([reopeningFaults(REOPENING, CLOCKS), reopeningFaults(undefined, CLOCKS)]).toEqual([[], []]);
  });
});
