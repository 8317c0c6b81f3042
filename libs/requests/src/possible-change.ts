import { INITIAL_STATE, STATES, TRANSITIONS, type State } from './transitions.ts';

/** The state of a request, and the number of the change that led to it. */
export interface KnownState {
  /** Null before the first event of its unit. */
  readonly state: State | null;
  readonly sequence: number;
}

/** A change that a unit published: the event's type, and the state of the request after it. */
export interface PublishedChange {
  readonly event: string;
  readonly state: State;
  readonly sequence: number;
}

/**
 * The largest step between two published changes. Notes and changes of assignee have numbers too and are not
 * published, so numbers may be missing. A larger step is a fault, because nobody writes ten thousand notes,
 * and it would make every true change after it look old.
 */
export const SEQUENCE_STEP_MAX = 10_000;

interface Edge {
  readonly event: string;
  readonly from: readonly (State | null)[];
  readonly to: State | 'unchanged';
}

/**
 * The table, the arrival, the withdrawal of a request that its unit could not accept, and the release of a
 * request after a restore, because the restored unit does not know its assignee.
 */
const EDGES: readonly Edge[] = [
  { event: 'concordat.request-queued.v1', from: [null], to: INITIAL_STATE },
  { event: 'concordat.request-withdrawn.v1', from: [null], to: 'withdrawn' },
  {
    event: 'concordat.request-released.v1',
    from: ['waiting-for-force', 'awaiting-decision'],
    to: INITIAL_STATE,
  },
  ...TRANSITIONS,
];

/** Events that move nothing: they repeat the state of the request. */
const UNMOVING_EVENTS: readonly string[] = ['concordat.change-refused.v1', 'concordat.request-not-taken.v1'];

/** The number of steps from each state to each state that it can reach. */
const DISTANCES = new Map([null, ...STATES].map((from) => [from, distancesFrom(from)]));

/**
 * The reason why a published change cannot follow the known state, in words; undefined if it can. A change
 * that is not newer than the known state moves nothing and is not judged. If numbers are missing in between,
 * the known state must lead to the change in as many steps.
 */
export function impossibleBecause(known: KnownState, published: PublishedChange): string | undefined {
  const steps = published.sequence - known.sequence;
  if (steps <= 0) return undefined;
  if (UNMOVING_EVENTS.includes(published.event)) return undefined;
  const after = `Change ${String(published.sequence)} comes after change ${String(known.sequence)}`;
  if (steps > SEQUENCE_STEP_MAX)
    return `${after}, but at most ${String(SEQUENCE_STEP_MAX)} can be missing in between.`;
  const distances = DISTANCES.get(known.state);
  const follows = EDGES.some(
    ({ event, from, to }) =>
      event === published.event &&
      from.some(
        (before) =>
          (distances?.get(before) ?? Infinity) < steps &&
          (to === 'unchanged' ? before : to) === published.state,
      ),
  );
  if (follows) return undefined;
  const before = known.state ?? 'a request that is not queued yet';
  return `${after}, but ${published.event} with the state ${published.state} does not follow from ${before} in ${String(steps)} ${steps === 1 ? 'step' : 'steps'}.`;
}

function distancesFrom(start: State | null): ReadonlyMap<State | null, number> {
  const distances = new Map([[start, 0]]);
  // A map also visits the entries that are added during the loop, so it ends when nothing new is reached.
  for (const [state, distance] of distances) {
    for (const { from, to } of EDGES)
      if (to !== 'unchanged' && from.includes(state) && !distances.has(to)) distances.set(to, distance + 1);
  }
  return distances;
}
