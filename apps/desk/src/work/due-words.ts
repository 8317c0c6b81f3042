import { DAY_MS, HOUR_MS, londonDayOf, MINUTE_MS } from '#kernel';
import type { ClockReadout, State, Urgency } from '#requests';
import { counted, dayText, momentText } from '../layout/london-text.ts';

/** How a due moment is shown: words first, then a shape, then a colour. */
export interface DueView {
  readonly kind: 'critical' | 'overdue' | 'soon' | 'later' | 'paused' | 'finished';
  readonly shape: 'critical' | 'overdue' | 'soon' | 'later' | 'paused' | null;
  readonly words: string;
  /** The moment for `<time datetime>`; null if none is due. */
  readonly at: string | null;
  readonly exact: string;
}

const KINDS = {
  criticallyOverdue: 'critical',
  overdue: 'overdue',
  dueSoon: 'soon',
  notDueYet: 'later',
  paused: 'paused',
} as const;

const WAITING: Partial<Record<State, string>> = {
  held: 'On hold',
  'waiting-for-force': 'Waiting for the force',
};

/**
 * The due moment of a request. The words count every hour and every day, also for a clock in working time: a
 * list is in the order of the due moments, and with two measures it would look unsorted.
 */
export function dueView(
  item: {
    readonly urgency: Urgency | null;
    readonly dueAt: string | null;
    readonly state: State;
    readonly clocks: readonly ClockReadout[];
  },
  now = Date.now(),
): DueView {
  if (item.urgency === null) return { kind: 'finished', shape: null, words: 'Finished', at: null, exact: '' };
  const kind = KINDS[item.urgency];
  const next = item.clocks.find(
    ({ dueAt, metAt }) => metAt === null && dueAt !== null && dueAt === item.dueAt,
  );
  if (item.dueAt === null || next === undefined) {
    const words = WAITING[item.state] ?? 'No clock runs';
    return { kind: 'paused', shape: 'paused', words, at: null, exact: '' };
  }
  return {
    kind,
    shape: kind,
    words: untilWords(Date.parse(item.dueAt), next.dueDay, now),
    at: item.dueAt,
    exact: exactWords(next),
  };
}

/** From two days on, only the days of the calendar count, so that clocks in hours and in days compare. */
function untilWords(due: number, dueDay: string | null, now: number): string {
  // A clock in days is due at the end of its day, which is the first moment of the next.
  const days = londonDayOf(due - 1) - londonDayOf(now);
  const isInDays = dueDay !== null || Math.abs(due - now) >= 2 * DAY_MS;
  return isInDays
    ? leftWords({ left: days, leftUnit: 'days' })
    : leftWords({ left: due - now, leftUnit: 'milliseconds' });
}

/** When a clock is due, to the day if it counts days, else to the minute; empty while it is paused. */
export function exactWords({ dueAt, dueDay }: Pick<ClockReadout, 'dueAt' | 'dueDay'>): string {
  if (dueDay !== null) return `by the end of ${dayText(dueDay)}`;
  return dueAt === null ? '' : momentText(dueAt);
}

/** The time left on a clock in words: "in 2 working hours", "3 days late". */
export function leftWords({ left, leftUnit }: Pick<ClockReadout, 'left' | 'leftUnit'>): string {
  if (left === null) return 'met';
  const amount = amountWords(Math.abs(left), leftUnit);
  if (amount === null) return left < 0 ? 'just late' : leftUnit.endsWith('days') ? 'today' : 'now';
  return left < 0 ? `${amount} late` : `in ${amount}`;
}

function amountWords(left: number, unit: ClockReadout['leftUnit']): string | null {
  switch (unit) {
    case 'days':
      return left === 0 ? null : counted(left, 'day');
    case 'working-days':
      return left === 0 ? null : counted(left, 'working day');
    case 'working-milliseconds':
      return durationWords(left, 'working ');
    case 'milliseconds':
      return durationWords(left, '');
  }
}

/** The time since a moment in words: "3 days ago". */
export function sinceWords(moment: string, now = Date.now()): string {
  const amount = durationWords(now - Date.parse(moment), '');
  return amount === null ? 'just now' : `${amount} ago`;
}

function durationWords(ms: number, kind: string): string | null {
  if (ms < MINUTE_MS) return null;
  if (ms < 2 * HOUR_MS) return counted(Math.floor(ms / MINUTE_MS), `${kind}minute`);
  // A working day has fewer hours than a day, so working time stays in hours.
  if (kind !== '' || ms < 2 * DAY_MS) return counted(Math.floor(ms / HOUR_MS), `${kind}hour`);
  return counted(Math.floor(ms / DAY_MS), `${kind}day`);
}
