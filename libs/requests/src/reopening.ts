import { formatCivilDay, londonDayOf, type WorkingCalendar } from '#kernel';
import type { ClockDefinition } from './clock-definition.ts';
import type { ClockState } from './clock-state.ts';
import { startClocks, type Moment } from './clocks.ts';

/** What a request type promises of requests that were answered or declined. */
export interface Reopening {
  /**
   * Whole calendar days after the one on which it was finished, in London; the force may ask until the last of them ends.
   * A function where it is a dated figure; null: not for now.
   */
  readonly withinDays: number | (() => number | null);
  /** The type's clocks that then start anew, by name, from the moment the force asked. The others do not run again. */
  readonly clocks: readonly string[];
  /** Statute, seed or decision that the figure comes from. Empty when it is local configuration. */
  readonly source: string;
}

/** A year: who comes later has a new matter. */
const DAYS_MAX = 366;

/** The last day (YYYY-MM-DD) on which a request that was finished at this moment may be reopened; undefined where it may not be. */
export function lastDayToReopen(reopening: Reopening | undefined, finishedAt: Date): string | undefined {
  const days = typeof reopening?.withinDays === 'function' ? reopening.withinDays() : reopening?.withinDays;
  return days === undefined || days === null
    ? undefined
    : formatCivilDay(londonDayOf(finishedAt.getTime()) + days);
}

/** The clocks of a request that is reopened: those that its type names, from when the force asked, whatever they started from before. */
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

/** What is wrong with what a type says of reopening, as sentences. */
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
          `may be reopened within ${String(withinDays)} days, which is no whole number up to ${String(DAYS_MAX)}`,
        ]
      : []),
    ...clocks
      .filter((name) => !definitions.some((definition) => definition.name === name))
      .map((name) => `starts the clock ${name} when it is reopened, and has no such clock`),
    // Without one, a reopened request could have no due moment and would sink in the queue.
    ...(named.some(({ metBy }) => metBy === 'answered')
      ? []
      : ['starts no clock that runs until the answer when it is reopened']),
  ];
}
