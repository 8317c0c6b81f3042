import type { ClockKind, MetBy } from './clock-definition.ts';

/** One clock of one request, as it is stored: plain JSON, and all that is needed to go on counting. */
export interface ClockState {
  readonly name: string;
  readonly kind: ClockKind;
  /** In the kind's unit (hours, days or months). */
  readonly amount: number;
  readonly pausable: boolean;
  readonly metBy: MetBy;
  /** RFC 3339 in UTC, like every moment here. */
  readonly startedAt: string;
  /** Since when it runs without a break; null while it is paused. */
  readonly runningSince: string | null;
  /** Since when it stands; null while it runs. */
  readonly pausedAt: string | null;
  /**
   * From where it is counted: the start, and no pause moves it. Absent in a clock that was stored when each pause was rounded by
   * itself: that one is counted from its last pause or resumption, and `used` says what had passed before.
   */
  readonly countedFrom?: string;
  /** Milliseconds that its ended pauses count since `countedFrom`: working time for kinds in working time, otherwise elapsed. */
  readonly pausedFor?: number;
  /** What was used before `countedFrom`, in the kind's measure; zero where that is the start. */
  readonly used: number;
  /** A clock is kept if it is met at this moment or before; null while it is paused. */
  readonly dueAt: string | null;
  /** When it was met, or ended by an answer, by declining or by the force's withdrawal; null while it counts. */
  readonly metAt: string | null;
  /** Counted over years whose bank holidays are not proven: taken as having none there, so it errs to the earlier moment. */
  readonly unproven: boolean;
}

/** What people and forces are shown of a clock. */
export interface ClockReadout {
  readonly name: string;
  /** `breached`: met too late, or not met and its due moment has passed. */
  readonly state: 'running' | 'paused' | 'met' | 'breached';
  readonly dueAt: string | null;
  /** The day at whose end it is due (YYYY-MM-DD in London) for the kinds in days and months; null otherwise and while paused. */
  readonly dueDay: string | null;
  readonly metAt: string | null;
  /** What is left of the promise, below zero when overdue, in `leftUnit`; null once met. */
  readonly left: number | null;
  readonly leftUnit: 'milliseconds' | 'working-milliseconds' | 'days' | 'working-days';
  readonly unproven: boolean;
}

/** What moves clocks. `declined` and `withdrawn` end every clock, as `answered` does. */
export type ClockMilestone = MetBy | 'declined' | 'withdrawn';
