import type { WorkingCalendar } from '#kernel';
import type { ClockDefinition } from './clock-definition.ts';
import type { ClockState } from './clock-state.ts';
import { meetClocks, moveClocks, startClocks, type Moment } from './clocks.ts';
import { lastDayToReopen, type Reopening } from './reopening.ts';
import { INITIAL_STATE, REOPENABLE, type State } from './transitions.ts';

/** A question that waits for the force's reply. */
export interface OpenQuestion {
  readonly text: string;
  /** Version of the request that asked it. */
  readonly version: number;
}

/** The life of a request up to now. Its unit stores it, and every event carries it. */
export interface RequestLife {
  readonly state: State;
  /** Number of the last change. */
  readonly version: number;
  readonly clocks: readonly ClockState[];
  /** Null unless the request waits for its force. */
  readonly question: OpenQuestion | null;
  /**
   * The words given with the last change, such as the reason for declining. The reason for a hold stays until
   * the hold ends.
   */
  readonly reason: string | null;
  /**
   * The last day to ask for a reopening (YYYY-MM-DD). The change that finishes a request sets it; no unit
   * stores it.
   */
  readonly reopenUntil?: string | null;
}

/** A change that was decided, with everything that moves the life of the request. */
export interface RequestChange {
  readonly to: State;
  readonly at: Date;
  /** The number under which the change was published; left out, it is the next number. */
  readonly version?: number;
  readonly question?: string | undefined;
  readonly reason?: string | undefined;
  readonly milestone?: string | undefined;
  /** Replaces the clocks, because a reopened request starts them anew. */
  readonly clocks?: readonly ClockState[] | undefined;
}

/** The terms of a request's type and unit under which its life moves. */
export interface LifeTerms {
  readonly calendar: WorkingCalendar;
  readonly reopening?: Reopening | undefined;
}

/** The first state of a request in its unit: queued, with its clocks running. */
export function beginLife(
  definitions: readonly ClockDefinition[],
  payload: Readonly<Record<string, unknown>>,
  receivedAt: Moment,
  calendar: WorkingCalendar,
): RequestLife {
  const clocks = startClocks(definitions, payload, receivedAt, calendar);
  return { state: INITIAL_STATE, version: 1, clocks, question: null, reason: null };
}

/**
 * The life of a request after a change. Nothing else moves its state, version, clocks, question or reason.
 */
export function evolve(
  before: RequestLife,
  change: RequestChange,
  { calendar, reopening }: LifeTerms,
): RequestLife {
  const { to: state, at, milestone, version = before.version + 1 } = change;
  const moved = change.clocks ?? moveClocks(before.clocks, before.state, state, at, calendar);
  const finishes = state !== before.state && REOPENABLE.includes(state);
  return {
    state,
    version,
    clocks: milestone === undefined ? moved : meetClocks(moved, { milestone }, at),
    question: questionAfter(before, change, version),
    reason: state === 'held' && before.state === 'held' ? before.reason : (change.reason ?? null),
    reopenUntil: (finishes && lastDayToReopen(reopening, at)) || null,
  };
}

function questionAfter(
  before: RequestLife,
  { to, question: text }: RequestChange,
  version: number,
): OpenQuestion | null {
  if (to !== 'waiting-for-force') return null;
  return text === undefined ? before.question : { text, version };
}
