import { describe, expect, it } from '@jest/globals';
import type { ForceSystem } from '../attach/force-system.ts';
import type { StaffClient } from '#client';
import { differences } from './reconcile.ts';

const SINCE = '2026-03-02T09:00:00Z';
const since = new Map([['a', { receivedAt: SINCE, before: new Map() }]]);

function forceThatLists(...ids: string[]): ForceSystem {
  async function* list(): AsyncGenerator<{ id: string; unit: string; receivedAt: string }> {
    for (const id of ids) yield { id, unit: 'fleet', receivedAt: SINCE };
  }
  return { force: 'a', rest: { list } } as unknown as ForceSystem;
}

const unitThatCounts = (answered: number): StaffClient =>
  ({
    unit: 'fleet',
    counts: async () => ({ a: { arrived: answered, answered } }),
  }) as unknown as StaffClient;

describe('the account of a run', () => {
  it('agrees when the unit has every request that intake lists', async () => {
    expect(await differences([forceThatLists('1', '2')], [unitThatCounts(2)], since)).toEqual([]);
  });

  it('names the requests that the unit does not have', async () => {
    expect(await differences([forceThatLists('1', '2')], [unitThatCounts(1)], since)).toEqual([
      { force: 'a', unit: 'fleet', accepted: 2, found: 1 },
    ]);
  });

  it('counts a request once when it changed between two pages and is on both', async () => {
    expect(await differences([forceThatLists('1', '2', '1')], [unitThatCounts(2)], since)).toEqual([]);
  });
});
