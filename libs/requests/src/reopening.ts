import { formatCivilDay, londonDayOf, type WorkingCalendar } from '#kernel';
import type { ClockDefinition } from './clock-definition.ts';
import type { ClockState } from './clock-state.ts';
import { startClocks, type Moment } from './clocks.ts';

/**
 * The period in which a force may reopen a request that was answered or declined, and the clocks that then
 * start.
 */
export interface Reopening {
  /**
   * Number of whole calendar days, in London, after the day on which the request was finished. The force may
   * ask until the last of them ends. It is a function if it is a dated setting; null means that reopening is
   * not possible at present.
   */
  readonly withinDays: number | (() => number | null);
  /** Names of the clocks that start again, from the moment the force asked. The others do not run again. */
  readonly clocks: readonly string[];
  /** The statute, seed or decision that sets the period. An empty text means that it is a local setting. */
  readonly source: string;
}

/** A year; after that, the force sends a new request. */
const DAYS_MAX = 366;

/**
 * The last day (YYYY-MM-DD) on which a request that was finished at this moment may be reopened; undefined if
 * it may not be reopened.
 */
export function lastDayToReopen(reopening: Reopening | undefined, finishedAt: Date): string | undefined {
  const days = typeof reopening?.withinDays === 'function' ? reopening.withinDays() : reopening?.withinDays;
  return days === undefined || days === null
    ? undefined
    : formatCivilDay(londonDayOf(finishedAt.getTime()) + days);
}

/**
 * Starts the clocks of a reopened request: those that its type names, from the moment the force asked, and
 * not from a payload field.
 */
export function reopenClocks(
  definitions: readonly ClockDefinition[],
  { clocks: names }: Reopening,
  payload: Readonly<Record<string, unknown>>,
  askedAt: Moment,
  calendar: WorkingCalendar,
): ClockState[] {
  const anew = definitions
    .filter(({ name }) => names.includes(name))
    .map(({ startsFrom: _, ...definition }) => definition);
  return startClocks(anew, payload, askedAt, calendar);
}

/** Lists the faults of a type's rules for reopening, as sentences. */
export function reopeningFaults(
  reopening: Reopening | undefined,
  definitions: readonly ClockDefinition[],
): string[] {
  if (!reopening) return [];
  const { withinDays, clocks } = reopening;
  const named = definitions.filter(({ name }) => clocks.includes(name));
  return [
    ...(typeof withinDays === 'number' &&
    !(Number.isInteger(withinDays) && withinDays >= 0 && withinDays <= DAYS_MAX)
      ? [
          `may be reopened within ${String(withinDays)} days, but the number must be whole and at most ${String(DAYS_MAX)}`,
        ]
      : []),
    ...clocks
      .filter((name) => !definitions.some((definition) => definition.name === name))
      .map((name) => `starts the clock ${name} when it is reopened, but has no such clock`),
    // Without such a clock, a reopened request could have no due moment and would stay at the end of the
    // queue.
    ...(named.some(({ metBy }) => metBy === 'answered')
      ? []
      : ['starts no clock that runs until the answer when it is reopened']),
  ];
}
