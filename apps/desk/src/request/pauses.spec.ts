import { describe, expect, it } from '@jest/globals';
import { pausesOf } from './pauses.ts';

describe('the pauses of a request', () => {
  it('say what paused its clocks, from when to when, newest first', () => {
    const timeline = [
      { at: '2025-03-06T10:00:00Z', state: 'waiting-for-force', question: 'Which bay?' },
      { at: '2025-03-05T10:00:00Z', state: 'claimed' },
      { at: '2025-03-04T12:00:00Z', state: 'held' },
      { at: '2025-03-04T10:00:00Z', state: 'held', reason: 'A part is missing.' },
      { at: '2025-03-03T10:00:00Z', state: 'claimed' },
      { at: '2025-03-03T09:00:00Z', state: 'queued' },
    ] as const;
    expect(pausesOf(timeline)).toEqual([
      { why: 'Waiting for the force: Which bay?', when: 'since Thu 6 Mar 2025, 10:00' },
      {
        why: 'On hold: A part is missing.',
        when: 'from Tue 4 Mar 2025, 10:00 to Wed 5 Mar 2025, 10:00',
      },
    ]);
  });

  it('end when another one begins, even without work between them', () => {
    const timeline = [
      { at: '2025-03-05T10:00:00Z', state: 'waiting-for-force', question: 'Which bay?' },
      { at: '2025-03-04T10:00:00Z', state: 'held', reason: 'A part is missing.' },
    ] as const;
    expect(pausesOf(timeline).map(({ why }) => why)).toEqual([
      'Waiting for the force: Which bay?',
      'On hold: A part is missing.',
    ]);
  });

  it('are none for a request that was never held or asked about', () => {
    expect(pausesOf([{ at: '2025-03-03T09:00:00Z', state: 'queued' }])).toEqual([]);
  });
});
