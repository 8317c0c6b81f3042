import { describe, expect, it } from '@jest/globals';
import { isQueuePlace, readQueueQuery } from './queue-query.ts';

describe('the query of a queue', () => {
  it('is a page of fifty without a filter', () => {
    expect(readQueueQuery({})).toMatchObject({ limit: 50, sort: 'due', places: false });
  });

  it('accepts filters and a cursor of an earlier page', () => {
    const cursor = 'as-it-was-given';
    expect(
      readQueueQuery({
        group: 'overdue',
        state: 'held',
        assignee: 'me',
        type: 'x',
        force: 'y',
        sort: 'newest',
        places: 'true',
        limit: '7',
        cursor,
      }),
    ).toEqual({
      group: 'overdue',
      state: 'held',
      assignee: 'me',
      type: 'x',
      force: 'y',
      sort: 'newest',
      places: true,
      limit: 7,
      cursor,
    });
  });

  it.each([
    [{ group: 'urgent' }, '/group'],
    [{ state: 'open' }, '/state'],
    [{ sort: 'risk' }, '/sort'],
    [{ places: 'yes' }, '/places'],
    [{ limit: '0' }, '/limit'],
    [{ limit: '201' }, '/limit'],
    [{ limit: 'ten' }, '/limit'],
    [{ assignee: 'a\0' }, '/assignee'],
  ])('refuses %j at its name', (query, pointer) => {
    expect(() => readQueueQuery(query)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ errors: [expect.objectContaining({ pointer })] }),
      }),
    );
  });

  it.each([
    [['2026-03-02T09:00:00.000Z', 4, '17'], true],
    [[null, 0, '17'], true],
    [['1 Jan 2026 (a day)', 1, '1'], false],
    [[null, 1e300, '1'], false],
    [['soon', 1, '1'], false],
    [[null, '1', '1'], false],
    [[null, 1, "1'; drop"], false],
    [{}, false],
  ])('ends a page at a place of one shape only: %j', (place, taken) => {
    expect(isQueuePlace(place)).toBe(taken);
  });
});
