import { describe, expect, it } from '@jest/globals';
import { CivilDate, CivilMonth, Instant, ListOf, momentFaults, Nested, schemaOf } from './index.ts';

class Inside {
  @CivilDate({ past: true }) givenOn!: string;
}

class Moments {
  @Instant({ optional: true, past: true }) receivedAt?: string;
  @Instant({ optional: true, past: true, notAfter: 'receivedAt' }) from?: string;
  @Instant({ optional: true, past: true, notBefore: 'from' }) until?: string;
  @CivilMonth({ optional: true, past: true, notAfter: 'receivedAt' }) month?: string;
  @CivilDate({ optional: true, past: true, notBefore: 'receivedAt' }) on?: string;
  @CivilDate({ optional: true, past: false }) dueOn?: string;
  @Nested(() => Inside, { optional: true }) inside?: Inside;
  @ListOf(() => Inside, { max: 3, optional: true }) list?: Inside[];
}

/** This is half past midnight on 1 July in London, and still June in UTC. */
const NOW = Date.parse('2026-06-30T23:30:00Z');
const faults = (value: object): string[] =>
  momentFaults(schemaOf(Moments), value, '/payload', NOW).map(({ pointer, code }) => `${pointer} ${code}`);

describe('a date, a month or a moment that is declared as past or in order', () => {
  it.each([
    ['now', { receivedAt: '2026-06-30T23:30:00Z' }],
    ['five minutes ahead of our clock', { receivedAt: '2026-06-30T23:35:00Z' }],
    ['today and this month in London', { on: '2026-07-01', month: '2026-07' }],
    ['in the future where that is declared', { dueOn: '2199-12-31' }],
    [
      'equal, written with other offsets',
      { from: '2026-06-01T10:00:00Z', until: '2026-06-01T11:00:00+01:00' },
    ],
    ['a day as long as it contains the moment', { receivedAt: '2026-06-29T23:30:00Z', on: '2026-06-30' }],
    ['a month that contains the moment', { receivedAt: '2026-06-01T00:00:00Z', month: '2026-06' }],
    ['past inside', { inside: { givenOn: '2026-06-30' }, list: [{ givenOn: '1900-01-01' }] }],
  ])('is taken: %s', (_, value) => {
    expect(faults(value)).toEqual([]);
  });

  it.each([
    [
      'six minutes ahead of our clock',
      { receivedAt: '2026-06-30T23:36:00Z' },
      ['/payload/receivedAt ReceivedAtHasHappened'],
    ],
    [
      'tomorrow and next month',
      { on: '2026-07-02', month: '2026-08' },
      ['/payload/month MonthHasHappened', '/payload/on OnHasHappened'],
    ],
    ['far ahead with an offset', { from: '2199-12-31T23:59:59-15:59' }, ['/payload/from FromHasHappened']],
    [
      'before what it follows',
      { from: '2026-06-02T10:00:00Z', until: '2026-06-01T10:00:00Z' },
      ['/payload/until UntilIsNotBeforeFrom'],
    ],
    [
      'a day before a moment',
      { receivedAt: '2026-06-29T23:30:00Z', on: '2026-06-29' },
      ['/payload/on OnIsNotBeforeReceivedAt'],
    ],
    [
      'after what it comes before',
      { receivedAt: '2026-05-01T10:00:00Z', from: '2026-05-01T10:00:01Z', month: '2026-06' },
      ['/payload/from FromIsNotAfterReceivedAt', '/payload/month MonthIsNotAfterReceivedAt'],
    ],
    [
      'in the future inside',
      { inside: { givenOn: '2026-07-02' }, list: [{ givenOn: '2026-06-30' }, { givenOn: '2199-01-01' }] },
      ['/payload/inside/givenOn GivenOnHasHappened', '/payload/list/1/givenOn GivenOnHasHappened'],
    ],
  ])('is refused with its pointer: %s', (_, value, expected) => {
    expect(faults(value)).toEqual(expected);
  });

  it('has the rule in its schema', () => {
    expect(schemaOf(Moments)['properties']).toMatchObject({
      from: { 'x-past': true, 'x-not-after': 'receivedAt' },
      until: { 'x-not-before': 'from' },
      dueOn: { 'x-past': false },
    });
  });
});
