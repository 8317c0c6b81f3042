import { describe, expect, it } from '@jest/globals';
import type { QueueAnswer, QueueItem } from '../units/unit-api.ts';
import { END, mergeQueues, type UnitQueue } from './merge-queues.ts';

const NONE = { criticallyOverdue: 0, overdue: 0, dueSoon: 0, notDueYet: 0, paused: 0 };

function item(reference: string, dueAt: string | null, more: Partial<QueueItem> = {}): QueueItem {
  return {
    ...{ id: reference, unitReference: reference, force: 'north', forceReference: reference, type: 't' },
    ...{
      title: 'T',
      subject: 'S',
      state: 'queued',
      assignee: null,
      urgency: dueAt === null ? 'paused' : 'dueSoon',
    },
    ...{ dueAt, risk: 1, version: 1, receivedAt: `2026-03-0${reference.slice(-1)}T00:00:00.000Z` },
    ...{ updatedAt: '', clocks: [], cursor: `after-${reference}` },
    ...more,
  };
}

function queue(unit: string, items: readonly QueueItem[], more: Partial<QueueAnswer> = {}): UnitQueue {
  const groups = [{ name: 'dueSoon' as const, items }];
  const answer = { groups, counts: NONE, countsByState: {}, filtered: NONE, mine: 0, ...more };
  return { unit, answer: answer as QueueAnswer };
}

const references = (page: ReturnType<typeof mergeQueues>): string[] =>
  page.groups.flatMap(({ items }) => items.map(({ unitReference }) => unitReference));

describe('one list over several units', () => {
  const fleet = queue('fleet', [
    item('F1', '2026-03-01T00:00:00.000Z'),
    item('F3', '2026-03-03T00:00:00.000Z'),
  ]);
  const legal = queue('legal', [item('L2', '2026-03-02T00:00:00.000Z'), item('L4', null)]);

  it('is in the order of work, whatever unit a request is in', () => {
    const page = mergeQueues([legal, fleet], { sort: 'due', limit: 10, after: new Map() });
    expect(references(page)).toEqual(['F1', 'L2', 'F3', 'L4']);
    expect(page.after).toBeNull();
  });

  it('adds the counts of the units up, also of requests that are on no page yet', () => {
    const counted = [
      queue('fleet', [], { filtered: { ...NONE, overdue: 40 } }),
      queue('legal', [], { filtered: { ...NONE, overdue: 2, paused: 1 } }),
    ];
    const { counts } = mergeQueues(counted, { sort: 'due', limit: 10, after: new Map() });
    expect(counts).toEqual({ ...NONE, overdue: 42, paused: 1 });
  });

  it('goes on in each unit after the last request that it showed', () => {
    const page = mergeQueues([fleet, legal], { sort: 'due', limit: 2, after: new Map() });
    expect(references(page)).toEqual(['F1', 'L2']);
    expect([...(page.after ?? [])]).toEqual([
      ['fleet', 'after-F1'],
      ['legal', 'after-L2'],
    ]);
  });

  it('asks a unit no more whose queue is shown to its end, and keeps the place of one that showed nothing', () => {
    const page = mergeQueues([fleet, legal, queue('estates', [item('E9', '2026-03-09T00:00:00.000Z')])], {
      sort: 'due',
      limit: 3,
      after: new Map([['estates', 'earlier']]),
    });
    expect(Object.fromEntries(page.after ?? [])).toEqual({
      fleet: END,
      legal: 'after-L2',
      estates: 'earlier',
    });
  });

  it('keeps the order of each unit, on which its cursors depend, when it is sorted by arrival', () => {
    const own = queue('fleet', [item('F5', null), item('F1', null)]);
    const page = mergeQueues([own, queue('legal', [item('L3', null)])], {
      sort: 'oldest',
      limit: 10,
      after: new Map(),
    });
    expect(page.groups).toMatchObject([{ name: null }]);
    const shown = references(page);
    expect(shown.indexOf('F5')).toBeLessThan(shown.indexOf('F1'));
  });
});
