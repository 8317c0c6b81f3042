import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel';
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

export function dueView(item: {
  readonly urgency: Urgency | null;
  readonly dueAt: string | null;
  readonly state: State;
  readonly clocks: readonly ClockReadout[];
}): DueView {
  if (item.urgency === null) return { kind: 'finished', shape: null, words: 'Finished', at: null, exact: '' };
  const kind = KINDS[item.urgency];
  const next = item.clocks.find(
    ({ dueAt, metAt }) => metAt === null && dueAt !== null && dueAt === item.dueAt,
  );
  if (item.dueAt === null || next === undefined) {
    const words = WAITING[item.state] ?? 'No clock runs';
    return { kind: 'paused', shape: 'paused', words, at: null, exact: '' };
  }
  return { kind, shape: kind, words: leftWords(next), at: item.dueAt, exact: exactWords(next) };
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

function durationWords(ms: number, kind: string): string | null {
  if (ms < MINUTE_MS) return null;
  if (ms < 2 * HOUR_MS) return counted(Math.floor(ms / MINUTE_MS), `${kind}minute`);
  // A working day has fewer hours than a day, so working time stays in hours.
  if (kind !== '' || ms < 2 * DAY_MS) return counted(Math.floor(ms / HOUR_MS), `${kind}hour`);
  return counted(Math.floor(ms / DAY_MS), `${kind}day`);
}
