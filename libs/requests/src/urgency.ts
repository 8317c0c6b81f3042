/** Groups of a queue, most urgent first; `paused` has no due moment while it waits. */
export const URGENCIES = ['criticallyOverdue', 'overdue', 'dueSoon', 'notDueYet', 'paused'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Thresholds between the groups. They are a unit's own choice, not published ones. */
export interface UrgencyThresholds {
  /** Overdue by more than this is critical. */
  readonly criticallyOverdueAfterMs: number;
  /** Due within this is soon. */
  readonly dueSoonWithinMs: number;
  /** Where the unit decided it. */
  readonly source: string;
}

/** For demonstration only, one day each: nobody has published or decided them, so the source is empty. */
export const DEMONSTRATION_URGENCY: UrgencyThresholds = {
  criticallyOverdueAfterMs: 24 * 3_600_000,
  dueSoonWithinMs: 24 * 3_600_000,
  source: '',
};

/**
 * The moments between the groups, for a query: critical before the first, overdue before the second, soon up
 * to the third.
 */
export interface UrgencyBounds {
  readonly criticallyOverdueBefore: Date;
  readonly overdueBefore: Date;
  readonly dueSoonUpTo: Date;
}

export function urgencyBounds(
  now: Date,
  thresholds: UrgencyThresholds = DEMONSTRATION_URGENCY,
): UrgencyBounds {
  return {
    criticallyOverdueBefore: new Date(now.getTime() - thresholds.criticallyOverdueAfterMs),
    overdueBefore: now,
    dueSoonUpTo: new Date(now.getTime() + thresholds.dueSoonWithinMs),
  };
}

/**
 * The group of a request whose next clock is due at `dueAt`; null is what `nextDue` gives when every open
 * clock is paused.
 */
export function urgencyOf(
  dueAt: Date | null,
  now: Date,
  thresholds: UrgencyThresholds = DEMONSTRATION_URGENCY,
): Urgency {
  if (dueAt === null) return 'paused';
  const bounds = urgencyBounds(now, thresholds);
  if (dueAt < bounds.criticallyOverdueBefore) return 'criticallyOverdue';
  if (dueAt < bounds.overdueBefore) return 'overdue';
  return dueAt <= bounds.dueSoonUpTo ? 'dueSoon' : 'notDueYet';
}
