import { HOUR_MS } from '#kernel';
import type { PoolClient } from '#persistence';
import {
  STATES,
  URGENCIES,
  urgencyBounds,
  urgencyOf,
  type State,
  type Urgency,
  type UrgencyThresholds,
} from '#requests';
import { QUEUE_COUNTS, SPLIT_HOUR_COUNTS } from './list-queue.sql.ts';

export interface QueueCounts {
  readonly counts: Readonly<Record<Urgency, number>>;
  readonly countsByState: Readonly<Record<State, number>>;
}

interface Bucket {
  readonly state: State;
  /** Null if no clock runs or the work is finished. */
  readonly hour: Date | null;
  readonly open: boolean;
  readonly n: number;
}

/**
 * Counts the queue by urgency and by state, from the stored counts. An hour that contains a bound between two
 * groups (three at most) is counted from its tasks by index, so that the result is exact to the millisecond.
 */
export async function countQueue(
  client: PoolClient,
  forces: readonly string[],
  types: readonly string[] | null,
  now: Date,
  thresholds: UrgencyThresholds,
): Promise<QueueCounts> {
  const bounds = Object.values(urgencyBounds(now, thresholds)) as Date[];
  const split = [...new Set(bounds.map((bound) => Math.floor(bound.getTime() / HOUR_MS) * HOUR_MS))];
  const counts = Object.fromEntries(URGENCIES.map((urgency) => [urgency, 0])) as Record<Urgency, number>;
  const countsByState = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<State, number>;
  const buckets = await client.query<Bucket>({
    name: 'queue-counts',
    text: QUEUE_COUNTS,
    values: [forces, types],
  });
  for (const { state, hour, open, n } of buckets.rows) {
    countsByState[state] += n;
    // In an hour without a bound, every moment is in the same group as the first.
    if (open && !(hour && split.includes(hour.getTime()))) counts[urgencyOf(hour, now, thresholds)] += n;
  }
  const exact = await client.query<{ critical: number; overdue: number; soon: number; later: number }>({
    name: 'queue-counts-split-hours',
    text: SPLIT_HOUR_COUNTS,
    values: [
      forces,
      types,
      ...bounds,
      split.map((starts) => new Date(starts)),
      split.map((starts) => new Date(starts + HOUR_MS)),
    ],
  });
  const row = exact.rows[0];
  if (row) {
    counts.criticallyOverdue += row.critical;
    counts.overdue += row.overdue;
    counts.dueSoon += row.soon;
    counts.notDueYet += row.later;
  }
  return { counts, countsByState };
}
