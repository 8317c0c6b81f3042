import { HOUR_MS } from '#kernel';
import type { PoolClient } from '#persistence';
import {
  STATES,
  URGENCIES,
  urgencyBounds,
  type State,
  type Urgency,
  type UrgencyBounds,
  type UrgencyThresholds,
} from '#requests';
import { ASSIGNED_COUNTS, COUNT_ASSIGNED, QUEUE_COUNTS, SPLIT_HOUR_COUNTS } from './list-queue.sql.ts';

type ByUrgency = Readonly<Record<Urgency, number>>;

export interface QueueCounts {
  /** The open requests of the force and type, by urgency. */
  readonly counts: ByUrgency;
  readonly countsByState: Readonly<Record<State, number>>;
  /** The open requests under the whole filter of the list except its group, by urgency. */
  readonly filtered: ByUrgency;
  /** The open requests assigned to the caller, of every force and type that the caller sees. */
  readonly mine: number;
}

/** The requests to count. */
export interface CountedQueue {
  /** The forces that the caller sees. */
  readonly seen: readonly string[];
  /** Those of them that the filter names. */
  readonly forces: readonly string[];
  readonly types: readonly string[] | null;
  readonly state: State | undefined;
  /** `none`, or a person. */
  readonly assignee: string | undefined;
  /** The caller. */
  readonly person: string;
}

interface UrgencyColumns {
  readonly critical: number;
  readonly overdue: number;
  readonly soon: number;
  readonly later: number;
  readonly paused?: number;
}

/**
 * Counts the queue by urgency and by state, from the stored counts. An hour that contains a bound between two
 * groups (three at most) is counted from its tasks by index, so that the result is exact to the millisecond.
 * The tasks of one person are few, and are counted from their own index.
 */
export async function countQueue(
  client: PoolClient,
  counted: CountedQueue,
  now: Date,
  thresholds: UrgencyThresholds,
): Promise<QueueCounts> {
  const { forces, types, assignee } = counted;
  const bounds = urgencyBounds(now, thresholds);
  const split = [
    ...new Set(boundsOf(bounds).map((bound) => Math.floor(bound.getTime() / HOUR_MS) * HOUR_MS)),
  ];
  const [counts, ofFilter] = [noneOf(URGENCIES), noneOf(URGENCIES)];
  const countsByState = noneOf(STATES);
  const isFiltered = stateFilter(counted);
  const ofPerson = assignee !== undefined && assignee !== 'none';
  const hours = split.map((starts) => new Date(starts));
  const [stored, exact, mine, assigned] = await Promise.all([
    client.query<UrgencyColumns & { readonly state: State; readonly n: number }>({
      name: 'queue-counts',
      text: QUEUE_COUNTS,
      values: [forces, types, ...boundsOf(bounds), hours],
    }),
    client.query<UrgencyColumns & { readonly state: State }>({
      name: 'queue-counts-split-hours',
      text: SPLIT_HOUR_COUNTS,
      values: [forces, types, ...boundsOf(bounds), hours, split.map((starts) => new Date(starts + HOUR_MS))],
    }),
    countMine(client, counted),
    ofPerson ? countAssigned(client, counted, assignee, bounds) : undefined,
  ]);
  for (const { state, n } of stored.rows) countsByState[state] += n;
  for (const row of [...stored.rows, ...exact.rows]) {
    add(counts, row);
    if (isFiltered(row.state)) add(ofFilter, row);
  }
  return { counts, countsByState, filtered: assigned ?? ofFilter, mine };
}

/**
 * The states that the filter leaves, if it names no person. An open request without an assignee is in the
 * queue, and the other way round.
 */
function stateFilter({ state, assignee }: CountedQueue): (state: State) => boolean {
  return (candidate) =>
    (state === undefined || state === candidate) && (assignee !== 'none' || candidate === 'queued');
}

async function countAssigned(
  client: PoolClient,
  { forces, types, state }: CountedQueue,
  assignee: string,
  bounds: UrgencyBounds,
): Promise<ByUrgency> {
  const { rows } = await client.query<UrgencyColumns>({
    name: 'queue-counts-assigned',
    text: ASSIGNED_COUNTS,
    values: [forces, assignee, ...boundsOf(bounds), types, state ?? null],
  });
  const counts = noneOf(URGENCIES);
  for (const row of rows) add(counts, row);
  return counts;
}

async function countMine(client: PoolClient, { seen, person }: CountedQueue): Promise<number> {
  const { rows } = await client.query<{ n: number }>({
    name: 'queue-count-mine',
    text: COUNT_ASSIGNED,
    values: [seen, person],
  });
  return rows[0]?.n ?? 0;
}

/** The three bounds in the order of time. */
const boundsOf = ({ criticallyOverdueBefore, overdueBefore, dueSoonUpTo }: UrgencyBounds): Date[] => [
  criticallyOverdueBefore,
  overdueBefore,
  dueSoonUpTo,
];

function noneOf<Word extends string>(words: readonly Word[]): Record<Word, number> {
  return Object.fromEntries(words.map((word) => [word, 0])) as Record<Word, number>;
}

function add(
  counts: Record<Urgency, number>,
  { critical, overdue, soon, later, paused = 0 }: UrgencyColumns,
): void {
  counts.criticallyOverdue += critical;
  counts.overdue += overdue;
  counts.dueSoon += soon;
  counts.notDueYet += later;
  counts.paused += paused;
}
