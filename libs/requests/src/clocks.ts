import {
  londonDayOf,
  formatCivilDay,
  parseCivilDay,
  startOfLondonDay,
  UnprovenYear,
  type WorkingCalendar,
} from '#kernel';
import type { ClockDefinition, MetBy } from './clock-definition.ts';
import { COUNTING } from './clock-kinds.ts';
import type { ClockMilestone, ClockReadout, ClockState } from './clock-state.ts';
import { PAUSING_STATES, type State } from './transitions.ts';

/** A moment is a Date, or an RFC 3339 text with an offset. */
export type Moment = Date | string;

/** Starts the clocks of a request. A definition whose amount is null for this payload gives no clock. */
export function startClocks(
  definitions: readonly ClockDefinition[],
  payload: Readonly<Record<string, unknown>>,
  receivedAt: Moment,
  calendar: WorkingCalendar,
): ClockState[] {
  return definitions.flatMap((definition) => {
    const { name, pausable, metBy } = definition;
    const kind = typeof definition.kind === 'function' ? definition.kind(payload) : definition.kind;
    const amount = typeof definition.amount === 'function' ? definition.amount(payload) : definition.amount;
    if (amount === null) return [];
    const start = definition.startsFrom === undefined ? null : startIn(payload[definition.startsFrom]);
    const startedAt = iso(start ?? instantOf(receivedAt));
    const clock = {
      name,
      kind,
      amount,
      pausable,
      metBy,
      startedAt,
      pausedAt: null,
      metAt: null,
      unproven: false,
    };
    const counted = { countedFrom: startedAt, pausedFor: 0, used: 0, runningSince: null, dueAt: null };
    return [running({ ...clock, ...counted }, startedAt, calendar)];
  });
}

/**
 * Pauses the clocks that may be paused. A clock that is past its due moment runs on, so that a pause hides no
 * breach. Clocks that are already paused or met stay as they are.
 */
export function pauseClocks(clocks: readonly ClockState[], at: Moment): ClockState[] {
  const now = iso(instantOf(at));
  return clocks.map((clock) => {
    const { runningSince, dueAt } = clock;
    if (!clock.pausable || clock.metAt !== null || runningSince === null || (dueAt !== null && dueAt < now))
      return clock;
    // A pause that is reported late, or by a machine whose clock is behind, never gives back used time.
    return { ...summed(clock), runningSince: null, pausedAt: later(now, runningSince), dueAt: null };
  });
}

/** Resumes paused clocks: their time limit is longer by the counted length of the pause. */
export function resumeClocks(
  clocks: readonly ClockState[],
  at: Moment,
  calendar: WorkingCalendar,
): ClockState[] {
  const now = iso(instantOf(at));
  return clocks.map((clock) => {
    const { pausedAt } = clock;
    if (pausedAt === null || clock.metAt !== null) return clock;
    const since = later(now, pausedAt);
    const before = summed(clock);
    const { value, unproven } = counted(calendar, (by) =>
      COUNTING[clock.kind].paused(Date.parse(pausedAt), Date.parse(since), by),
    );
    const after = {
      ...before,
      pausedAt: null,
      pausedFor: before.pausedFor + value,
      unproven: clock.unproven || unproven,
    };
    return running(after, since, calendar);
  });
}

/**
 * Ends the clocks that are met. A claim or a milestone meets the clocks that name it; an answer, a decline or
 * the force's withdrawal ends every clock.
 */
export function meetClocks(
  clocks: readonly ClockState[],
  milestone: ClockMilestone,
  at: Moment,
): ClockState[] {
  const metAt = iso(instantOf(at));
  return clocks.map((clock) =>
    clock.metAt === null && isMetBy(clock.metBy, milestone) ? { ...clock, metAt } : clock,
  );
}

/**
 * Applies a change of state to the clocks: a state in which work is paused pauses them, any change out of it
 * resumes them, and claims and endings meet them. Services use this alone, so that a release from a hold
 * cannot leave a clock paused.
 */
export function moveClocks(
  clocks: readonly ClockState[],
  from: State,
  to: State,
  at: Moment,
  calendar: WorkingCalendar,
): ClockState[] {
  const wasPaused = PAUSING_STATES.includes(from);
  const isPaused = PAUSING_STATES.includes(to);
  let moved: readonly ClockState[] = clocks;
  if (isPaused && !wasPaused) moved = pauseClocks(moved, at);
  if (wasPaused && !isPaused) moved = resumeClocks(moved, at, calendar);
  return to === 'claimed' || to === 'answered' || to === 'declined' || to === 'withdrawn'
    ? meetClocks(moved, to, at)
    : [...moved];
}

/** Reads a clock at a moment. A clock that is met exactly at its due moment is in time. */
export function readClock(clock: ClockState, now: Moment, calendar: WorkingCalendar): ClockReadout {
  const { name, dueAt, metAt } = clock;
  const counting = COUNTING[clock.kind];
  const at = iso(instantOf(now));
  const left = counted(calendar, (by) => leftOf(clock, at, by));
  const late = dueAt !== null && (metAt ?? at) > dueAt;
  return {
    name,
    state: late ? 'breached' : metAt !== null ? 'met' : clock.runningSince === null ? 'paused' : 'running',
    dueAt,
    dueDay:
      dueAt === null || !counting.unit.endsWith('days')
        ? null
        : formatCivilDay(londonDayOf(Date.parse(dueAt) - 1)),
    metAt,
    left: metAt === null ? left.value : null,
    leftUnit: counting.unit,
    unproven: clock.unproven || left.unproven,
  };
}

/** The earliest due moment among clocks that still run, overdue ones included; null if none runs. */
export function nextDue(clocks: readonly ClockState[]): Date | null {
  let next: string | null = null;
  for (const { dueAt, metAt } of clocks) {
    // Every moment is written by toISOString, so the order of the texts is the order of the moments.
    if (metAt === null && dueAt !== null && (next === null || dueAt < next)) next = dueAt;
  }
  return next === null ? null : new Date(next);
}

function isMetBy(metBy: MetBy, happened: ClockMilestone): boolean {
  if (typeof happened === 'object')
    return typeof metBy === 'object' && metBy.milestone === happened.milestone;
  return happened !== 'claimed' || metBy === 'claimed';
}

function running(clock: ClockState, since: string, calendar: WorkingCalendar): ClockState {
  const counting = COUNTING[clock.kind];
  const { countedFrom } = summed(clock);
  const { value, unproven } = counted(calendar, (by) =>
    counting.due(Date.parse(countedFrom), Math.max(0, promisedBy(clock, by)), by),
  );
  return { ...clock, runningSince: since, dueAt: iso(value), unproven: clock.unproven || unproven };
}

function leftOf(clock: ClockState, now: string, calendar: WorkingCalendar): number {
  const until = clock.pausedAt ?? now;
  return (
    promisedBy(clock, calendar) -
    COUNTING[clock.kind].between(Date.parse(summed(clock).countedFrom), Date.parse(until), calendar)
  );
}

/** The measure from `countedFrom` to the due moment: the time limit and the pauses. */
function promisedBy(clock: ClockState, calendar: WorkingCalendar): number {
  const counting = COUNTING[clock.kind];
  return (
    counting.total(clock.amount, Date.parse(clock.startedAt), calendar) -
    clock.used +
    counting.added(clock.pausedFor ?? 0, calendar)
  );
}

/**
 * A clock with its anchor and the sum of its pauses. A clock that was stored without them is counted from its
 * last change.
 */
function summed(
  clock: ClockState,
): ClockState & { readonly countedFrom: string; readonly pausedFor: number } {
  const { countedFrom = clock.runningSince ?? clock.pausedAt ?? clock.startedAt, pausedFor = 0 } = clock;
  return { ...clock, countedFrom, pausedFor };
}

/** Counts with the known bank holidays. A count that leaves the known years continues, and says so. */
function counted(
  calendar: WorkingCalendar,
  count: (calendar: WorkingCalendar) => number,
): { value: number; unproven: boolean } {
  try {
    return { value: count(calendar), unproven: false };
  } catch (error) {
    if (!(error instanceof UnprovenYear)) throw error;
    return { value: count(calendar.beyondProof()), unproven: true };
  }
}

/** The instant that a payload field means; null if it has none. Its form was checked on acceptance. */
function startIn(field: unknown): number | null {
  if (typeof field !== 'string') return null;
  const day = parseCivilDay(field);
  if (day !== null) return startOfLondonDay(day);
  const instant = Date.parse(field);
  return Number.isNaN(instant) ? null : instant;
}

function instantOf(moment: Moment): number {
  const instant = typeof moment === 'string' ? Date.parse(moment) : moment.getTime();
  if (Number.isNaN(instant)) throw new RangeError(`"${String(moment)}" is not a moment.`);
  return instant;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

function later(left: string, right: string): string {
  return left > right ? left : right;
}
