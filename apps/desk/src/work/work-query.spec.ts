import { describe, expect, it } from '@jest/globals';
import { readWorkQuery, workAddress, writeWorkQuery } from './work-query.ts';

describe('the address of a list', () => {
  it('holds every filter, so that it can be sent and saved', () => {
    const text =
      'who=none&unit=fleet&force=bedfordshire&type=vehicle-repair&state=queued&group=overdue&sort=oldest';
    expect(writeWorkQuery(readWorkQuery(Object.fromEntries(new URLSearchParams(text))))).toBe(text);
  });

  it('names a person instead of a choice of lists', () => {
    const query = readWorkQuery({ who: 'me', assignee: 'fleet.caseworker', sort: 'oldest' });
    expect(workAddress(query)).toBe('/work?who=all&assignee=fleet.caseworker&sort=oldest');
    expect(workAddress(query, { assignee: undefined })).toBe('/work?who=all&sort=oldest');
    for (const nobody of ['me', 'none', 'a b', 'x'.repeat(121), ['a']])
      expect(readWorkQuery({ assignee: nobody })).toMatchObject({
        ...{ who: 'me', assignee: undefined },
        unknown: [{ name: 'assignee' }],
      });
  });

  it('leaves out what is usual, and what nobody knows, and remembers the latter for the page', () => {
    expect(workAddress(readWorkQuery({}))).toBe('/work');
    expect(readWorkQuery({ unit: '', who: 'none' }).unknown).toBeUndefined();
    const odd = {
      who: 'everybody',
      unit: '../x',
      state: ['held'],
      group: 'none',
      sort: 'risk',
      surprise: '1',
    };
    expect(workAddress(readWorkQuery(odd))).toBe('/work');
    expect(readWorkQuery(odd).unknown).toEqual([
      { name: 'who', value: 'everybody' },
      { name: 'unit', value: '../x' },
      { name: 'state', value: '["held"]' },
      { name: 'group', value: 'none' },
      { name: 'sort', value: 'risk' },
    ]);
  });

  it('has the place of each unit on a later page, and another filter begins at the first page', () => {
    const query = readWorkQuery({ who: 'all', after: 'fleet:abc.def~legal:end~:x~Bad:y' });
    expect([...query.after]).toEqual([
      ['fleet', 'abc.def'],
      ['legal', 'end'],
    ]);
    expect(workAddress(query, { force: 'hertfordshire' })).toBe('/work?who=all&force=hertfordshire');
  });
});
