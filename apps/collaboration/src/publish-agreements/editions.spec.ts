import { describe, expect, it } from '@jest/globals';
import type { Agreement } from '#agreements';
import { nextEditions } from './editions.ts';

const fleet: Agreement = {
  agreementId: 'a.fleet',
  functionId: 'F2',
  title: 'Agreement: fleet',
  unit: 'fleet',
  participants: ['bedfordshire', 'hertfordshire'],
  status: 'live',
  from: '2024-04-01',
  demonstration: true,
  delegations: [],
};

describe('the next editions', () => {
  it('are the first of what is new', () => {
    expect(nextEditions([fleet], [])).toEqual([{ agreement: fleet, edition: 1 }]);
  });

  it('are none of what has not changed, whatever the order of its fields', () => {
    const { status, ...rest } = fleet;
    expect(nextEditions([fleet], [{ agreement: { status, ...rest }, edition: 4 }])).toEqual([]);
  });

  it('follow the newest of what has changed', () => {
    const varied: Agreement = { ...fleet, participants: ['bedfordshire'] };
    expect(nextEditions([varied], [{ agreement: fleet, edition: 4 }])).toEqual([
      { agreement: varied, edition: 5 },
    ]);
  });

  it('end what the catalogue no longer has, once', () => {
    const ended: Agreement = { ...fleet, status: 'ended' };
    expect(nextEditions([], [{ agreement: fleet, edition: 4 }])).toEqual([{ agreement: ended, edition: 5 }]);
    expect(nextEditions([], [{ agreement: ended, edition: 5 }])).toEqual([]);
  });
});
