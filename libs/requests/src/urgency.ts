/** Groups of a queue, most urgent first; a paused request has no due moment. */
export const URGENCIES = ['criticallyOverdue', 'overdue', 'dueSoon', 'notDueYet', 'paused'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Thresholds between the groups. Each unit chooses its own; there are no published ones. */
export interface UrgencyThresholds {
  /** A request that is overdue by more than this is critical. */
  readonly criticallyOverdueAfterMs: number;
  /** A request that is due within this time is due soon. */
  readonly dueSoonWithinMs: number;
  /** The place where the unit decided it. */
  readonly source: string;
}

/** Demonstration values of one day each. Nobody has published or decided them, so the source is empty. */
export const DEMONSTRATION_URGENCY: UrgencyThresholds = {
  criticallyOverdueAfterMs: 24 * 3_600_000,
  dueSoonWithinMs: 24 * 3_600_000,
  source: '',
};

/**
 * The moments between the groups, for a query: a due moment before the first is critical, before the second
 * overdue, and up to the third soon.
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
 * The group of a request whose next clock is due at `dueAt`. It is null if every open clock is paused (see
 * `nextDue`).
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
