import { describe, expect, it } from '@jest/globals';
import { factsOf, wordsOf } from './facts.ts';
import type { UnitType } from '../units/unit-api.ts';

describe('the facts of a request', () => {
  it('have the titles and the order of their schema', () => {
    const schema = {
      properties: {
        vrm: { title: 'Registration mark' },
        neededOn: { title: 'Needed on', format: 'date' },
        kind: { title: 'Kind', enum: ['off-road'] },
        costPence: { title: 'Cost in pence', type: 'integer' },
      },
    };
    expect(
      factsOf({ kind: 'off-road', neededOn: '2026-03-03', vrm: 'AB12 CDE', costPence: 31_250 }, schema),
    ).toEqual([
      { name: 'Registration mark', value: 'AB12 CDE' },
      { name: 'Needed on', value: 'Tue 3 Mar 2026' },
      { name: 'Kind', value: 'Off road' },
      { name: 'Cost', value: '£312.50' },
    ]);
  });

  it('of a record without a schema are readable days, moments, amounts and words, without row identifiers', () => {
    const record = {
      requestId: '01998a3c-6f0e-7c41-9a53-2f1d7f5f0a11',
      motDueOn: '2026-03-03',
      openedAt: '2025-01-02T09:30:00.000Z',
      costPence: 120_450,
      outcome: 'no-fault-found',
      jobs: [
        { miles: 12_000, openedAt: '2025-01-02T09:30:00.000Z' },
        { miles: 11_000, openedAt: '2025-01-01T09:30:00.000Z', outcome: 'Completed' },
      ],
      nothing: null,
    };
    expect(factsOf(record)).toEqual([
      { name: 'Mot due on', value: 'Tue 3 Mar 2026' },
      { name: 'Opened at', value: 'Thu 2 Jan 2025, 09:30' },
      { name: 'Cost', value: '£1,204.50' },
      { name: 'Outcome', value: 'No fault found' },
      {
        name: 'Jobs',
        value: '',
        table: {
          columns: ['Miles', 'Opened at', 'Outcome'],
          rows: [
            ['12,000', 'Thu 2 Jan 2025, 09:30', ''],
            ['11,000', 'Wed 1 Jan 2025, 09:30', 'Completed'],
          ],
        },
      },
    ]);
  });

  it('of a record have the titles of the request and its answer, and the names of kinds and forces', () => {
    const type = {
      ...{ name: 'vehicle-repair', title: 'Repair a vehicle' },
      payload: {
        properties: { vrm: { title: 'Registration mark' }, role: { title: 'Used for', enum: ['patrol'] } },
      },
      answer: { properties: { workDone: { title: 'Work done' }, costPence: { title: 'Cost in pence' } } },
    } as unknown as UnitType;
    const words = wordsOf({ types: [type], forces: [{ slug: 'north', name: 'North Police' }] }, type);
    const job = { kind: 'vehicle-repair', workDone: 'Pads', costPence: 100 };
    expect(factsOf({ vrm: 'AB12CDE', role: 'patrol', owner: 'north', jobs: [job] }, {}, words)).toEqual([
      { name: 'Registration mark', value: 'AB12CDE' },
      { name: 'Used for', value: 'Patrol' },
      { name: 'Owner', value: 'North Police' },
      {
        ...{ name: 'Jobs', value: '' },
        table: { columns: ['Kind', 'Work done', 'Cost'], rows: [['Repair a vehicle', 'Pads', '£1.00']] },
      },
    ]);
  });
});
