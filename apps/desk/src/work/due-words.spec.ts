import { describe, expect, it } from '@jest/globals';
import type { ClockReadout } from '#requests';
import { dueView, leftWords } from './due-words.ts';

const HOUR = 3_600_000;

describe('the time left, in words', () => {
  it.each([
    [2 * HOUR, 'working-milliseconds', 'in 2 working hours'],
    [90 * 60_000, 'working-milliseconds', 'in 90 working minutes'],
    [-3 * HOUR, 'working-milliseconds', '3 working hours late'],
    [30_000, 'milliseconds', 'now'],
    [-30_000, 'milliseconds', 'just late'],
    [1 * HOUR, 'milliseconds', 'in 60 minutes'],
    [72 * HOUR, 'milliseconds', 'in 3 days'],
    [1, 'days', 'in 1 day'],
    [0, 'working-days', 'today'],
    [-2, 'working-days', '2 working days late'],
    [1_204, 'days', 'in 1,204 days'],
    [null, 'days', 'met'],
  ] as const)('%s %s is "%s"', (left, leftUnit, words) => {
    expect(leftWords({ left, leftUnit })).toBe(words);
  });
});

describe('what is due', () => {
  const dueAt = '2026-03-03T15:20:00.000Z';
  const now = Date.parse(dueAt) + 2 * HOUR;
  const clock = {
    name: 'return',
    state: 'running',
    dueAt,
    dueDay: null,
    metAt: null,
    unproven: false,
  } as const;
  const item = {
    urgency: 'overdue',
    dueAt,
    state: 'claimed',
    clocks: [{ ...clock, left: -2 * HOUR, leftUnit: 'milliseconds' }],
  } as const;

  it('is a word, a shape and the exact moment in London', () => {
    expect(dueView(item, now)).toMatchObject({
      kind: 'overdue',
      shape: 'overdue',
      words: '2 hours late',
      at: dueAt,
    });
    expect(dueView(item).exact).toMatch(/^Tue 3 Mar.*15:20$/);
  });

  it('is in one measure for clocks of every kind, so that the words follow the order of a list', () => {
    const wordsAt = (moment: string, dueDay: string | null, leftUnit: ClockReadout['leftUnit']): string =>
      dueView(
        { ...item, dueAt: moment, clocks: [{ ...clock, dueAt: moment, dueDay, left: -222, leftUnit }] },
        now,
      ).words;
    expect([
      wordsAt('2025-04-18T23:00:00.000Z', '2025-04-18', 'working-days'),
      wordsAt('2025-06-20T08:00:00.000Z', null, 'working-milliseconds'),
      wordsAt('2025-06-21T23:00:00.000Z', '2025-06-21', 'days'),
      wordsAt('2026-03-02T09:20:00.000Z', null, 'milliseconds'),
      wordsAt('2026-03-03T00:00:00.000Z', '2026-03-02', 'days'),
      wordsAt('2026-03-04T00:00:00.000Z', '2026-03-03', 'working-days'),
      wordsAt('2026-03-06T17:00:00.000Z', null, 'working-milliseconds'),
    ]).toEqual([
      ...['319 days late', '256 days late', '255 days late', '32 hours late', '1 day late'],
      ...['today', 'in 3 days'],
    ]);
  });

  it('says why nothing is due', () => {
    const paused = { ...item, urgency: 'paused', dueAt: null } as const;
    expect(dueView({ ...paused, state: 'held' })).toMatchObject({ words: 'On hold', shape: 'paused' });
    expect(dueView({ ...paused, state: 'waiting-for-force' }).words).toBe('Waiting for the force');
    expect(dueView({ ...item, urgency: null }).words).toBe('Finished');
  });
});
