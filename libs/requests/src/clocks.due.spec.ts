import { describe, expect, it } from '@jest/globals';
import { WorkingCalendar } from '#kernel';
import {
  readClock,
  startClocks,
  type ClockDefinition,
  type ClockKind,
  type ClockReadout,
  type ClockState,
} from './index.ts';

const calendar = new WorkingCalendar();

const definition = (
  kind: ClockDefinition['kind'],
  amount: ClockDefinition['amount'],
  more: Partial<ClockDefinition> = {},
): ClockDefinition => ({
  name: 'promise',
  title: 'Promise',
  kind,
  amount,
  pausable: false,
  metBy: 'answered',
  source: '',
  ...more,
});
const start = (kind: ClockKind, amount: number, receivedAt: string): ClockState =>
  startClocks([definition(kind, amount)], {}, receivedAt, calendar)[0] as ClockState;
/** Times are written with London's own offset, so that a line can be checked against a wall clock. */
const moment = (text: string): string => new Date(text).toISOString();
const read = (clock: ClockState): ClockReadout => readClock(clock, clock.startedAt, calendar);

// Home Office Counting Rules, general rules (the National Crime Recording Standard): a report is recorded at
// the latest 24 hours from its receipt by the force.
describe('a crime is due to be recorded 24 elapsed hours from receipt of the report', () => {
  it.each([
    ['on any night', '2026-06-09T22:15:00+01:00', '2026-06-10T22:15:00+01:00'],
    [
      'over the start of summer time, an hour later on the wall',
      '2026-03-28T12:00:00+00:00',
      '2026-03-29T13:00:00+01:00',
    ],
    ['over its end, an hour earlier on the wall', '2026-10-24T12:00:00+01:00', '2026-10-25T11:00:00+00:00'],
    ['from the first of two equal hours', '2026-10-25T01:30:00+01:00', '2026-10-26T00:30:00+00:00'],
    ['from the second of them', '2026-10-25T01:30:00+00:00', '2026-10-26T01:30:00+00:00'],
    ['over Christmas, which changes nothing', '2026-12-24T20:00:00+00:00', '2026-12-25T20:00:00+00:00'],
  ])('%s', (_, received, due) => {
    expect(start('elapsed-hours', 24, received).dueAt).toBe(moment(due));
  });

  it('also if the report reached the force long before it reached the queue', () => {
    const record = definition('elapsed-hours', 24, { name: 'record', startsFrom: 'reportedAt' });
    const [clock] = startClocks(
      [record],
      { reportedAt: '2026-06-09T22:15:00+01:00' },
      '2026-06-11T09:00:00+01:00',
      calendar,
    );
    expect(clock).toMatchObject({
      startedAt: moment('2026-06-09T22:15:00+01:00'),
      dueAt: moment('2026-06-10T22:15:00+01:00'),
    });
    expect(readClock(clock as ClockState, '2026-06-11T09:00:00+01:00', calendar)).toMatchObject({
      state: 'breached',
      left: -10.75 * 3_600_000,
    });
  });
});

// Domestic Abuse Act 2021, section 29(2) and (3): the order is heard not later than 48 hours after the notice
// was given, disregarding any Sunday, Christmas Day, Good Friday and bank holiday. Bank holidays: gov.uk.
describe('a domestic abuse protection order is heard within 48 counted hours of the notice', () => {
  it.each([
    ['in the middle of a week', '2026-06-10T09:00:00+01:00', '2026-06-12T09:00:00+01:00'],
    // Fri 9 h, Saturday counts: 24 h; Sunday does not; Mon 15 h.
    [
      'over a Saturday, which counts, and a Sunday, which does not',
      '2026-06-05T15:00:00+01:00',
      '2026-06-08T15:00:00+01:00',
    ],
    // Thu 6 h; Good Friday 0; Sat 24 h; Sunday 0; Easter Monday 0; Tue 18 h.
    ['served on the Thursday before Easter', '2026-04-02T18:00:00+01:00', '2026-04-07T18:00:00+01:00'],
    // Good Friday 0; Sat 24 h; Sunday 0; Easter Monday 0; Tue 24 h: the midnight that ends Tuesday.
    [
      'served on Good Friday, the Friday of an Easter weekend',
      '2026-04-03T20:00:00+01:00',
      '2026-04-08T00:00:00+01:00',
    ],
    // Fri 5 h; Sat 24 h; Sunday 29 March (23 hours long) 0; Mon 19 h.
    ['over the Sunday on which summer time begins', '2026-03-27T19:00:00+00:00', '2026-03-30T19:00:00+01:00'],
    // Sat 11 h; Sunday 25 October (25 hours long) 0; Mon 24 h; Tue 13 h.
    ['over the Sunday on which it ends', '2026-10-24T13:00:00+01:00', '2026-10-27T13:00:00+00:00'],
    // Thu 14 h; Christmas Day 0; Sat 26 24 h; Sunday 0; Mon 28 (substitute) 0; Tue 10 h.
    ['over Christmas with one substitute day', '2026-12-24T10:00:00+00:00', '2026-12-29T10:00:00+00:00'],
    // Fri 12 h; Christmas Day, a Saturday that gov.uk does not list, 0; Sunday 0; Mon 27 and Tue 28
    // (substitutes) 0; Wed 24 h; Thu 12 h.
    [
      'over a Christmas Day on a Saturday, with two substitute days',
      '2027-12-24T12:00:00+00:00',
      '2027-12-30T12:00:00+00:00',
    ],
    [
      'served on a Sunday, from the midnight that ends it',
      '2026-06-07T15:00:00+01:00',
      '2026-06-10T00:00:00+01:00',
    ],
  ])('%s', (_, given, due) => {
    expect(start('elapsed-hours-excluding-sundays-and-bank-holidays', 48, given).dueAt).toBe(moment(due));
  });
});

// Firearms: a grant or renewal is decided within four months of receipt. Dodds v Walker [1981] 1 WLR 1027
// says which day that is.
describe('a certificate is decided within four calendar months of receipt', () => {
  it.each([
    [
      '31 October: February has no 31st, so its last day',
      '2025-10-31T10:00:00+00:00',
      '2026-02-28',
      '2026-03-01T00:00:00+00:00',
    ],
    ['31 October before a leap year', '2027-10-31T10:00:00+00:00', '2028-02-29', '2028-03-01T00:00:00+00:00'],
    [
      '30 September: 30 January, not the 31st',
      '2026-09-30T23:59:00+01:00',
      '2027-01-30',
      '2027-01-31T00:00:00+00:00',
    ],
    ['30 November into summer time', '2025-11-30T12:00:00+00:00', '2026-03-30', '2026-03-31T00:00:00+01:00'],
    [
      'a summer evening that is the same day in London',
      '2026-06-30T23:30:00+01:00',
      '2026-10-30',
      '2026-10-31T00:00:00+00:00',
    ],
    [
      'a summer night that is still the day before in UTC',
      '2026-07-01T00:30:00+01:00',
      '2026-11-01',
      '2026-11-02T00:00:00+00:00',
    ],
  ])('received on %s', (_, received, dueDay, due) => {
    const clock = start('calendar-months', 4, received);
    expect(clock.dueAt).toBe(moment(due));
    expect(read(clock).dueDay).toBe(dueDay);
  });
});

// Injury claims are acknowledged in 21 days, in the road-traffic portal in 15 business days.
describe('a claim is acknowledged in days after the day it came', () => {
  it.each([
    ['calendar-days', 21, '2026-03-02T16:45:00+00:00', '2026-03-23', '2026-03-24T00:00:00+00:00'],
    ['calendar-days', 21, '2026-03-16T09:00:00+00:00', '2026-04-06', '2026-04-07T00:00:00+01:00'],
    ['calendar-days', 21, '2026-10-10T09:00:00+01:00', '2026-10-31', '2026-11-01T00:00:00+00:00'],
    // Four days left of that week, five of the next, 30 March to 2 April, then 7 and 8 April after Easter.
    ['working-days', 15, '2026-03-16T09:00:00+00:00', '2026-04-08', '2026-04-09T00:00:00+01:00'],
  ] as const)('%s: %i from %s end with %s', (kind, amount, received, dueDay, due) => {
    const clock = start(kind, amount, received);
    expect(clock.dueAt).toBe(moment(due));
    expect(read(clock).dueDay).toBe(dueDay);
  });
});

// Victims' Code: victims learn of key decisions within 5 working days, or 1 if they have enhanced rights.
describe('a victim is informed within working days', () => {
  it.each([
    // Thu 23, Fri 24, then 29, 30, 31 December, because 27 and 28 are substitute days.
    [5, '2027-12-22T11:00:00+00:00', '2027-12-31', '2028-01-01T00:00:00+00:00'],
    // Fri 24, then 29, 30, 31 December and Tue 4 January, because the 3rd is a substitute day too.
    [5, '2027-12-23T11:00:00+00:00', '2028-01-04', '2028-01-05T00:00:00+00:00'],
    [1, '2027-12-24T11:00:00+00:00', '2027-12-29', '2027-12-30T00:00:00+00:00'],
    [1, '2026-06-06T11:00:00+01:00', '2026-06-08', '2026-06-09T00:00:00+01:00'],
    // 2022 had two holidays in a row for the jubilee, on 2 and 3 June.
    [5, '2022-05-27T17:00:00+01:00', '2022-06-07', '2022-06-08T00:00:00+01:00'],
  ])('%i from %s: by the end of %s', (amount, decided, dueDay, due) => {
    const clock = start('working-days', amount, decided);
    expect(clock.dueAt).toBe(moment(due));
    expect(read(clock)).toMatchObject({ dueDay, left: amount, leftUnit: 'working-days' });
  });
});

// The limits are a public estate's published example, because the police have none: P1 2 h, P2 4 h, P3 24 h,
// P4 2 days, P5 1 week, P6 2 weeks, P7 1 month. The clocks to respond and to make safe are invented here.
describe('a fault is repaired by its priority, with three clocks', () => {
  const FIX: Readonly<Record<string, readonly [ClockKind, number]>> = {
    P1: ['elapsed-hours', 2],
    P2: ['elapsed-hours', 4],
    P3: ['elapsed-hours', 24],
    P4: ['calendar-days', 2],
    P5: ['calendar-days', 7],
    P6: ['calendar-days', 14],
    P7: ['calendar-months', 1],
  };
  const of = (payload: Readonly<Record<string, unknown>>): readonly [ClockKind, number] =>
    FIX[payload['priority'] as string] ?? ['elapsed-hours', 2];
  const clocks: readonly ClockDefinition[] = [
    definition('elapsed-hours', 0.5, { name: 'respond', metBy: 'claimed' }),
    definition('working-hours', (payload) => (payload['dangerous'] === true ? 1 : null), {
      name: 'make-safe',
    }),
    definition(
      (payload) => of(payload)[0],
      (payload) => of(payload)[1],
      { name: 'fix' },
    ),
  ];
  const started = (payload: Record<string, unknown>): ClockState[] =>
    startClocks(clocks, payload, '2026-12-18T23:00:00Z', calendar);

  it.each([
    ['P1', '2026-12-19T01:00:00Z'],
    ['P2', '2026-12-19T03:00:00Z'],
    ['P3', '2026-12-19T23:00:00Z'],
    ['P4', '2026-12-21T00:00:00Z'],
    ['P5', '2026-12-26T00:00:00Z'],
    ['P6', '2027-01-02T00:00:00Z'],
    ['P7', '2027-01-19T00:00:00Z'],
  ])('%s reported on Friday 18 December at 23:00 is fixed by %s', (priority, due) => {
    expect(started({ priority }).find(({ name }) => name === 'fix')?.dueAt).toBe(moment(due));
  });

  it('runs each clock by itself, and no clock without an amount for the payload', () => {
    expect(started({ priority: 'P5', dangerous: true }).map(({ name, dueAt }) => [name, dueAt])).toEqual([
      ['respond', moment('2026-12-18T23:30:00Z')],
      ['make-safe', moment('2026-12-21T10:00:00Z')],
      ['fix', moment('2026-12-26T00:00:00Z')],
    ]);
    expect(started({ priority: 'P5' }).map(({ name }) => name)).toEqual(['respond', 'fix']);
  });
});

describe('a clock starts', () => {
  const served = definition('elapsed-hours', 24, { startsFrom: 'servedAt' });
  const from = (servedAt: unknown): string | undefined =>
    startClocks([served], { servedAt }, '2026-07-10T12:00:00Z', calendar)[0]?.startedAt;

  it('from a moment in the payload, whatever its offset', () => {
    expect(from('2026-07-08T10:00:00.123456+02:00')).toBe('2026-07-08T08:00:00.123Z');
  });

  it('from the beginning of a civil date in London', () => {
    expect(from('2026-07-08')).toBe('2026-07-07T23:00:00.000Z');
  });

  it('from receipt if the field was left out', () => {
    expect(from(undefined)).toBe('2026-07-10T12:00:00.000Z');
  });
});

describe('a date beyond the known bank holidays', () => {
  it('causes no error: the clock treats the year as having none, and says so', () => {
    // The days are 28 and 29 December 2028, then 1, 2, 3 January 2029; the first of January would be a
    // holiday.
    const clock = start('working-days', 5, '2028-12-27T10:00:00Z');
    expect(clock).toMatchObject({ dueAt: moment('2029-01-04T00:00:00Z'), unproven: true });
    expect(read(clock).unproven).toBe(true);
    expect(
      start('elapsed-hours-excluding-sundays-and-bank-holidays', 48, '1999-12-24T10:00:00Z').unproven,
    ).toBe(true);
    expect(start('working-hours', 4, '2150-01-05T10:00:00Z').unproven).toBe(true);
  });

  it('does not affect clocks that ignore bank holidays', () => {
    expect(start('calendar-months', 4, '2030-10-31T10:00:00Z')).toMatchObject({
      dueAt: moment('2031-03-01T00:00:00Z'),
      unproven: false,
    });
  });
});
