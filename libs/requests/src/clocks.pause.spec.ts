import { describe, expect, it } from '@jest/globals';
import { WorkingCalendar } from '#kernel';
import {
  meetClocks,
  moveClocks,
  nextDue,
  pauseClocks,
  readClock,
  resumeClocks,
  startClocks,
} from './index.ts';
import type { ClockDefinition, ClockKind, ClockReadout, ClockState } from './index.ts';

const HOUR_MS = 3_600_000;
const calendar = new WorkingCalendar();

const promise = (kind: ClockKind, amount: number, more: Partial<ClockDefinition> = {}): ClockDefinition => ({
  name: 'promise',
  title: 'Promise',
  kind,
  amount,
  pausable: true,
  metBy: 'answered',
  source: '',
  ...more,
});
const start = (kind: ClockKind, amount: number, at: string): ClockState[] =>
  startClocks([promise(kind, amount)], {}, at, calendar);
/** Applies pauses to the clocks, each from one moment to another. */
const paused = (clocks: ClockState[], ...pauses: readonly (readonly [string, string])[]): ClockState[] =>
  pauses.reduce((before, [from, to]) => resumeClocks(pauseClocks(before, from), to, calendar), clocks);
const due = (clocks: readonly ClockState[]): string | null | undefined => clocks[0]?.dueAt;
const read = (clocks: readonly ClockState[], now: string): ClockReadout =>
  readClock(clocks[0] as ClockState, now, calendar);
const moment = (text: string): string => new Date(text).toISOString();

describe('a pause keeps the time that was used', () => {
  it('of elapsed hours, over a weekend', () => {
    // Friday noon to 18:00 uses 6 of 24 hours; from Monday 09:00 the other 18.
    const clocks = paused(start('elapsed-hours', 24, '2026-01-09T12:00:00Z'), [
      '2026-01-09T18:00:00Z',
      '2026-01-12T09:00:00Z',
    ]);
    expect(due(clocks)).toBe(moment('2026-01-13T03:00:00Z'));
  });

  it('of elapsed hours, over a clock change', () => {
    // Saturday 10:00 to 22:00 uses 12 of 24; from Sunday 12:00 summer time (11:00Z) the other 12.
    const spring = paused(start('elapsed-hours', 24, '2026-03-28T10:00:00Z'), [
      '2026-03-28T22:00:00Z',
      '2026-03-29T12:00:00+01:00',
    ]);
    expect(due(spring)).toBe(moment('2026-03-30T00:00:00+01:00'));
    const autumn = paused(start('elapsed-hours', 24, '2026-10-24T10:00:00+01:00'), [
      '2026-10-24T22:00:00+01:00',
      '2026-10-25T12:00:00+00:00',
    ]);
    expect(due(autumn)).toBe(moment('2026-10-26T00:00:00+00:00'));
  });

  it('of working hours: a pause from closing time to opening time costs nothing', () => {
    const clocks = start('working-hours', 8, '2026-06-11T13:00:00+01:00');
    expect(due(clocks)).toBe(moment('2026-06-12T13:00:00+01:00'));
    expect(due(paused(clocks, ['2026-06-11T17:00:00+01:00', '2026-06-12T09:00:00+01:00']))).toBe(due(clocks));
  });

  it('of working hours, over a weekend', () => {
    // Thursday 13:00 to Friday 12:00 uses 7 of 8; from Monday 10:00 the last one.
    const clocks = start('working-hours', 8, '2026-06-11T13:00:00+01:00');
    expect(due(paused(clocks, ['2026-06-12T12:00:00+01:00', '2026-06-15T10:00:00+01:00']))).toBe(
      moment('2026-06-15T11:00:00+01:00'),
    );
  });

  it('of working days: by the working time of all pauses together, rounded down to whole days', () => {
    const clocks = start('working-days', 5, '2026-06-01T10:00:00+01:00');
    expect(due(clocks)).toBe(moment('2026-06-09T00:00:00+01:00'));
    // Wednesday from 10:00, Thursday, and Friday until 10:00 are sixteen opening hours, or two days.
    expect(due(paused(clocks, ['2026-06-03T10:00:00+01:00', '2026-06-05T10:00:00+01:00']))).toBe(
      moment('2026-06-11T00:00:00+01:00'),
    );
    expect(due(paused(clocks, ['2026-06-03T10:00:00+01:00', '2026-06-03T16:00:00+01:00']))).toBe(due(clocks));
    // No working day passes from Saturday to Sunday.
    expect(due(paused(clocks, ['2026-06-06T10:00:00+01:00', '2026-06-07T16:00:00+01:00']))).toBe(due(clocks));
    // Two afternoons of four hours are one day.
    const afternoons = ['2026-06-02', '2026-06-03'].map(
      (day) => [`${day}T13:00:00+01:00`, `${day}T17:00:00+01:00`] as const,
    );
    expect(due(paused(clocks, afternoons[0]!))).toBe(due(clocks));
    expect(due(paused(clocks, ...afternoons))).toBe(moment('2026-06-10T00:00:00+01:00'));
  });

  it('of working days: a weekend from closing to opening time, two minutes over midnight, and twenty nights change nothing', () => {
    const clocks = start('working-days', 5, '2026-06-01T09:00:00Z');
    const night = (day: number, from = '17:00', to = '09:00') =>
      [
        moment(`2026-06-${String(day).padStart(2, '0')}T${from}:00+01:00`),
        moment(`2026-06-${String(day + 1).padStart(2, '0')}T${to}:00+01:00`),
      ] as const;
    expect(due(paused(clocks, ['2026-06-05T17:00:00+01:00', '2026-06-08T09:00:00+01:00']))).toBe(
      '2026-06-08T23:00:00.000Z',
    );
    expect(due(paused(clocks, night(2, '23:59', '00:01')))).toBe('2026-06-08T23:00:00.000Z');
    const held = paused(clocks, ...Array.from({ length: 20 }, (_, index) => night(1 + index)));
    expect(due(held)).toBe('2026-06-08T23:00:00.000Z');
    expect(read(held, '2026-06-22T10:00:00Z')).toMatchObject({ state: 'breached', left: -10 });
    // It shows the rest of the five days while it is paused, and after it is resumed.
    const third = pauseClocks(paused(clocks, night(1), night(2)), '2026-06-04T17:00:00+01:00');
    expect([
      read(third, '2026-06-20T10:00:00Z').left,
      read(resumeClocks(third, '2026-06-05T09:00:00+01:00', calendar), '2026-06-05T10:00:00Z').left,
    ]).toEqual([2, 1]);
  });

  it('of calendar days: a week is a week when the clocks change in it, and nights add up', () => {
    const clocks = start('calendar-days', 10, '2026-03-25T10:00:00Z');
    expect(due(clocks)).toBe(moment('2026-04-05T00:00:00+01:00'));
    expect(due(paused(clocks, ['2026-03-26T12:00:00+00:00', '2026-04-02T12:00:00+01:00']))).toBe(
      moment('2026-04-12T00:00:00+01:00'),
    );
    expect(due(paused(clocks, ['2026-03-26T18:00:00Z', '2026-03-27T09:00:00Z']))).toBe(due(clocks));
    const nights = ['2026-03-26', '2026-03-27'].map(
      (day, index) => [`${day}T18:00:00Z`, `2026-03-2${String(7 + index)}T09:00:00Z`] as const,
    );
    expect(due(paused(clocks, ...nights))).toBe(moment('2026-04-06T00:00:00+01:00'));
  });

  it('of a clock that was stored when each pause was rounded by itself: it loses nothing more', () => {
    const [now] = start('working-days', 5, '2026-06-01T09:00:00Z');
    const { countedFrom: _, pausedFor: __, ...bare } = now as ClockState;
    // It was paused on Wednesday and resumed on Thursday: two days were used, and three were left from there.
    const stored: ClockState = {
      ...bare,
      used: 2,
      runningSince: '2026-06-04T09:00:00.000Z',
      dueAt: '2026-06-09T23:00:00.000Z',
    };
    expect(read([stored], '2026-06-05T09:00:00Z').left).toBe(2);
    expect(due(paused([stored], ['2026-06-05T16:00:00Z', '2026-06-08T08:00:00Z']))).toBe(stored.dueAt);
    expect(due(paused([stored], ['2026-06-05T08:00:00Z', '2026-06-05T16:00:00Z']))).toBe(
      '2026-06-10T23:00:00.000Z',
    );
    const stillPaused: ClockState = {
      ...bare,
      used: 2,
      runningSince: null,
      pausedAt: '2026-06-03T16:00:00.000Z',
      dueAt: null,
    };
    expect(due(resumeClocks([stillPaused], '2026-06-04T08:00:00Z', calendar))).toBe(
      '2026-06-08T23:00:00.000Z',
    );
  });

  it('of hours that count, over days that do not', () => {
    // Friday 15:00 to Saturday noon uses 21 of 48; Sunday does not count; from Tuesday noon 12 more, then 15
    // on Wednesday.
    const clocks = start(
      'elapsed-hours-excluding-sundays-and-bank-holidays',
      48,
      '2026-06-05T15:00:00+01:00',
    );
    expect(due(paused(clocks, ['2026-06-06T12:00:00+01:00', '2026-06-09T12:00:00+01:00']))).toBe(
      moment('2026-06-10T15:00:00+01:00'),
    );
  });

  it('of calendar months, by the whole days that the pause lasted', () => {
    // Four months from 31 October end with 28 February; nine days and 23 hours more end with 9 March.
    const clocks = start('calendar-months', 4, '2025-10-31T10:00:00Z');
    expect(due(paused(clocks, ['2025-12-01T10:00:00Z', '2025-12-11T09:00:00Z']))).toBe(
      moment('2026-03-10T00:00:00Z'),
    );
    expect(due(paused(clocks, ['2025-12-01T10:00:00Z', '2025-12-11T10:00:00Z']))).toBe(
      moment('2026-03-11T00:00:00Z'),
    );
  });

  it('over several pauses', () => {
    // It used 2 hours, then 3, then 4; it was paused for 66, and 15 are left from Thursday noon.
    const clocks = paused(
      start('elapsed-hours', 24, '2026-01-12T09:00:00Z'),
      ['2026-01-12T11:00:00Z', '2026-01-13T09:00:00Z'],
      ['2026-01-13T12:00:00Z', '2026-01-14T09:00:00Z'],
      ['2026-01-14T13:00:00Z', '2026-01-15T12:00:00Z'],
    );
    expect(clocks[0]?.pausedFor).toBe(66 * HOUR_MS);
    expect(read(clocks, '2026-01-15T12:00:00Z').left).toBe(15 * HOUR_MS);
    expect(due(clocks)).toBe(moment('2026-01-16T03:00:00Z'));
  });

  it('when it is reported late or out of order', () => {
    const clocks = paused(start('elapsed-hours', 24, '2026-01-12T09:00:00Z'), [
      '2026-01-12T12:00:00Z',
      '2026-01-13T12:00:00Z',
    ]);
    const early = pauseClocks(clocks, '2026-01-13T06:00:00Z');
    expect(early[0]).toMatchObject({ pausedFor: 24 * HOUR_MS, pausedAt: moment('2026-01-13T12:00:00Z') });
    expect(read(early, '2026-01-13T13:00:00Z').left).toBe(21 * HOUR_MS);
    expect(due(resumeClocks(early, '2026-01-13T07:00:00Z', calendar))).toBe(due(clocks));
  });

  it('exactly: pausing an elapsed clock for a time moves its due moment by that time', () => {
    let seed = 20_260_101;
    const random = (below: number): number => {
      // Park and Miller's generator gives the same cases in every run.
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 2_000; round += 1) {
      const startedAt = Date.UTC(2020, 0, 1) + random(7 * 365 * 24 * 60) * 60_000;
      const [clock] = start('elapsed-hours', 1 + random(500), new Date(startedAt).toISOString());
      let moved = [clock as ClockState];
      let at = startedAt;
      let stood = 0;
      for (let pause = random(4); pause >= 0; pause -= 1) {
        at += random(10 * 60_000);
        const lasts = random(30 * 24 * HOUR_MS);
        moved = paused(moved, [new Date(at).toISOString(), new Date(at + lasts).toISOString()]);
        at += lasts;
        stood += lasts;
      }
      expect(Date.parse(due(moved) as string) - Date.parse(clock?.dueAt as string)).toBe(stood);
    }
  });

  it.each([
    'elapsed-hours-excluding-sundays-and-bank-holidays',
    'working-hours',
    'working-days',
    'calendar-days',
    'calendar-months',
  ] as const)('never brings the due moment of %s forward', (kind) => {
    for (let hour = 0; hour < 24 * 15; hour += 5) {
      const clocks = start(kind, 40, '2026-03-20T09:00:00Z');
      const from = Date.parse('2026-03-20T10:00:00Z') + hour * HOUR_MS;
      const lasting = (hours: number): string =>
        due(
          paused(clocks, [new Date(from).toISOString(), new Date(from + hours * HOUR_MS).toISOString()]),
        ) as string;
      if (Date.parse(due(clocks) as string) < from) continue;
      expect([lasting(0), lasting(9), lasting(100)]).toEqual(
        [lasting(0), lasting(9), lasting(100)].toSorted(),
      );
      expect(lasting(0)).toBe(due(clocks));
    }
  });
});

describe('a breach', () => {
  const late = start('elapsed-hours', 24, '2026-01-05T09:00:00Z');

  it('is not hidden by a pause that comes after it', () => {
    const asked = pauseClocks(late, '2026-01-06T09:00:01Z');
    expect(read(asked, '2026-01-07T09:00:00Z')).toMatchObject({
      state: 'breached',
      dueAt: moment('2026-01-06T09:00:00Z'),
      left: -24 * HOUR_MS,
    });
    expect(resumeClocks(asked, '2026-01-20T09:00:00Z', calendar)).toEqual(late);
  });

  it('stays one if the answer comes after it, with or without a pause before', () => {
    expect(read(meetClocks(late, 'answered', '2026-01-06T10:00:00Z'), '2026-02-01T00:00:00Z')).toMatchObject({
      state: 'breached',
      metAt: moment('2026-01-06T10:00:00Z'),
      left: null,
    });
    const replied = paused(late, ['2026-01-05T10:00:00Z', '2026-01-12T10:00:00Z']);
    expect(read(meetClocks(replied, 'answered', '2026-01-13T09:00:00Z'), '2026-02-01T00:00:00Z').state).toBe(
      'met',
    );
    expect(read(meetClocks(replied, 'answered', '2026-01-13T09:00:01Z'), '2026-02-01T00:00:00Z').state).toBe(
      'breached',
    );
  });

  it('begins after the due moment, not at it', () => {
    expect(read(late, '2026-01-06T09:00:00Z')).toMatchObject({ state: 'running', left: 0 });
    expect(read(late, '2026-01-06T09:00:00.001Z').state).toBe('breached');
    expect(read(meetClocks(late, 'answered', '2026-01-06T09:00:00Z'), '2026-02-01T00:00:00Z').state).toBe(
      'met',
    );
  });
});

describe('a change of state', () => {
  const definitions = [
    promise('working-hours', 4, { name: 'respond', metBy: 'claimed' }),
    promise('elapsed-hours', 48, { name: 'statutory', pausable: false }),
    promise('working-days', 5, { name: 'answer' }),
  ];
  const queued = startClocks(definitions, {}, '2026-01-12T09:00:00Z', calendar);
  const claimed = moveClocks(queued, 'queued', 'claimed', '2026-01-12T10:00:00Z', calendar);
  const states = (clocks: readonly ClockState[], now = '2026-01-13T10:00:00Z'): string[] =>
    clocks.map((clock) => readClock(clock, now, calendar).state);

  it('to claimed meets the clocks that wait for a claim, once', () => {
    expect(states(claimed)).toEqual(['met', 'running', 'running']);
    const again = moveClocks(
      moveClocks(claimed, 'claimed', 'queued', '2026-01-12T11:00:00Z', calendar),
      'queued',
      'claimed',
      '2026-01-15T11:00:00Z',
      calendar,
    );
    expect(again[0]?.metAt).toBe(moment('2026-01-12T10:00:00Z'));
  });

  it.each(['held', 'waiting-for-force'] as const)(
    'to %s stops the clocks that may stop, and leaving it by any way lets them go on',
    (standing) => {
      const stood = moveClocks(claimed, 'claimed', standing, '2026-01-12T12:00:00Z', calendar);
      expect(states(stood)).toEqual(['met', 'running', 'paused']);
      expect(moveClocks(stood, standing, standing, '2026-01-13T08:00:00Z', calendar)).toEqual(stood);
      for (const next of ['claimed', 'queued'] as const) {
        const left = moveClocks(stood, standing, next, '2026-01-14T12:00:00Z', calendar);
        // Two working days were lost: Tuesday and Wednesday.
        expect([left[2]?.pausedAt, left[2]?.dueAt]).toEqual([null, moment('2026-01-22T00:00:00Z')]);
      }
    },
  );

  it.each(['answered', 'declined', 'withdrawn'] as const)('to %s ends every clock', (end) => {
    const ended = moveClocks(claimed, 'claimed', end, '2026-01-13T10:00:00Z', calendar);
    expect(states(ended, '2030-01-01T00:00:00Z')).toEqual(['met', 'met', 'met']);
    expect(nextDue(ended)).toBeNull();
  });

  it('leaves the next due moment to the first clock that is neither met nor paused', () => {
    expect(nextDue(queued)?.toISOString()).toBe(moment('2026-01-12T13:00:00Z'));
    expect(nextDue(claimed)?.toISOString()).toBe(moment('2026-01-14T09:00:00Z'));
    expect(
      nextDue(pauseClocks(start('working-days', 5, '2026-01-12T09:00:00Z'), '2026-01-12T10:00:00Z')),
    ).toBeNull();
  });

  it('survives being stored as JSON between any two steps', () => {
    const stored = (clocks: readonly ClockState[]): ClockState[] =>
      JSON.parse(JSON.stringify(clocks)) as ClockState[];
    const held = moveClocks(stored(claimed), 'claimed', 'held', '2026-01-12T12:00:00Z', calendar);
    expect(stored(held)).toEqual(held);
    expect(moveClocks(stored(held), 'held', 'claimed', '2026-01-14T12:00:00Z', calendar)).toEqual(
      moveClocks(held, 'held', 'claimed', '2026-01-14T12:00:00Z', calendar),
    );
  });
});

describe('a clock that is read', () => {
  it('shows the rest in its own unit', () => {
    const hours = start('working-hours', 8, '2026-01-09T15:00:00Z');
    expect(read(hours, '2026-01-12T10:00:00Z')).toMatchObject({
      left: 5 * HOUR_MS,
      leftUnit: 'working-milliseconds',
      dueDay: null,
    });
    const days = start('working-days', 5, '2026-01-09T15:00:00Z');
    expect(read(days, '2026-01-13T10:00:00Z')).toMatchObject({
      left: 3,
      leftUnit: 'working-days',
      dueDay: '2026-01-16',
    });
    expect(read(pauseClocks(days, '2026-01-13T10:00:00Z'), '2026-02-13T10:00:00Z')).toMatchObject({
      state: 'paused',
      left: 3,
      dueAt: null,
      dueDay: null,
    });
  });

  it('refuses a text that is no moment', () => {
    expect(() => read(start('elapsed-hours', 1, '2026-01-09T15:00:00Z'), 'yesterday')).toThrow(RangeError);
  });
});
