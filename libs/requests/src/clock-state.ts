import type { ClockKind, MetBy } from './clock-definition.ts';

/**
 * One clock of one request, as it is stored: plain JSON with everything that is needed to continue counting.
 */
export interface ClockState {
  readonly name: string;
  readonly kind: ClockKind;
  /** In the kind's unit (hours, days or months). */
  readonly amount: number;
  readonly pausable: boolean;
  readonly metBy: MetBy;
  /** RFC 3339 in UTC, like every moment here. */
  readonly startedAt: string;
  /** The start of the present run; null while it is paused. */
  readonly runningSince: string | null;
  /** The start of the present pause; null while it runs. */
  readonly pausedAt: string | null;
  /**
   * The start from which it is counted; no pause moves it. It is absent in a clock that was stored when each
   * pause was rounded by itself: such a clock is counted from its last pause or resumption, and `used` is the
   * time before that.
   */
  readonly countedFrom?: string;
  /**
   * Milliseconds of its ended pauses since `countedFrom`: working time for kinds in working time, otherwise
   * elapsed time.
   */
  readonly pausedFor?: number;
  /** The measure that was used before `countedFrom`; zero if that is the start. */
  readonly used: number;
  /** The clock is in time if it is met at this moment or before; null while it is paused. */
  readonly dueAt: string | null;
  /**
   * The moment it was met, or ended by an answer, a decline or the force's withdrawal; null while it counts.
   */
  readonly metAt: string | null;
  /**
   * True if it is counted over years whose bank holidays are not known yet. Such years count as having none,
   * so the due moment may be too early but never too late.
   */
  readonly unproven: boolean;
}

/** A clock as people and forces see it. */
export interface ClockReadout {
  readonly name: string;
  /** `breached`: it was met too late, or its due moment has passed and it is not met. */
  readonly state: 'running' | 'paused' | 'met' | 'breached';
  readonly dueAt: string | null;
  /**
   * The day at whose end it is due (YYYY-MM-DD in London), for the kinds in days and months; null for the
   * others and while paused.
   */
  readonly dueDay: string | null;
  readonly metAt: string | null;
  /** The time left in `leftUnit`, below zero if overdue; null once met. */
  readonly left: number | null;
  readonly leftUnit: 'milliseconds' | 'working-milliseconds' | 'days' | 'working-days';
  readonly unproven: boolean;
}

/** An event that meets clocks. `declined` and `withdrawn` end every clock, as `answered` does. */
export type ClockMilestone = MetBy | 'declined' | 'withdrawn';
