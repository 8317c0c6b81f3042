import { describe, expect, it } from '@jest/globals';
import { WorkingCalendar } from '#kernel';
import {
  meetClocks,
  milestonesOf,
  milestoneState,
  moveClocks,
  nextDue,
  startClocks,
  type ClockDefinition,
  type MetBy,
} from './index.ts';

const calendar = new WorkingCalendar();
const stage = (name: string, metBy: MetBy, amount = 2): ClockDefinition => ({
  name,
  title: name,
  kind: 'elapsed-hours',
  amount,
  pausable: true,
  metBy,
  source: '',
});
const DEFINITIONS = [
  stage('respond', 'claimed'),
  stage('make-safe', { milestone: 'made-safe' }),
  stage('make-safe-in-writing', { milestone: 'made-safe' }, 3),
  stage('tell', { milestone: 'told' }, 5),
  stage('fix', 'answered', 8),
];
const started = startClocks(DEFINITIONS, {}, '2026-01-12T09:00:00Z', calendar);
const open = (clocks: readonly { name: string; metAt: string | null }[]): string[] =>
  clocks.filter(({ metAt }) => metAt === null).map(({ name }) => name);

describe('a milestone', () => {
  it('meets its own clocks and no other', () => {
    const safe = meetClocks(started, { milestone: 'made-safe' }, '2026-01-12T10:00:00Z');
    expect(open(safe)).toEqual(['respond', 'tell', 'fix']);
    expect(safe[1]?.metAt).toBe('2026-01-12T10:00:00.000Z');
    expect(nextDue(meetClocks(safe, 'claimed', '2026-01-12T10:00:00Z'))?.toISOString()).toBe(
      '2026-01-12T14:00:00.000Z',
    );
  });

  it('is not met by a claim, and ends with the answer at the latest', () => {
    const claimed = moveClocks(started, 'queued', 'claimed', '2026-01-12T09:30:00Z', calendar);
    expect(open(claimed)).toEqual(['make-safe', 'make-safe-in-writing', 'tell', 'fix']);
    expect(open(moveClocks(claimed, 'claimed', 'answered', '2026-01-12T15:00:00Z', calendar))).toEqual([]);
  });

  it('is reached once, also while its clock is paused, and then stays met', () => {
    const held = moveClocks(started, 'claimed', 'held', '2026-01-12T09:30:00Z', calendar);
    const told = meetClocks(held, { milestone: 'told' }, '2026-01-12T10:00:00Z');
    expect(milestoneState(held, 'told')).toBe('open');
    expect(milestoneState(told, 'told')).toBe('reached');
    expect(meetClocks(told, { milestone: 'told' }, '2026-01-13T10:00:00Z')).toEqual(told);
    const resumed = moveClocks(told, 'held', 'claimed', '2026-01-14T10:00:00Z', calendar);
    expect(resumed.find(({ name }) => name === 'tell')).toEqual(told.find(({ name }) => name === 'tell'));
  });

  it('is known only to a type that names it and to a request that waits for it', () => {
    expect(milestonesOf(DEFINITIONS)).toEqual(['made-safe', 'told']);
    expect(milestoneState(started, 'painted')).toBe('none');
    expect(milestoneState(started.slice(0, 1), 'made-safe')).toBe('none');
  });
});
