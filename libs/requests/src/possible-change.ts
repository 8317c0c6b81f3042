import { INITIAL_STATE, STATES, TRANSITIONS, type State } from './transitions.ts';

/** Where a request stands, and the number of the change that brought it there. */
export interface KnownState {
  /** Null before its unit has said anything. */
  readonly state: State | null;
  readonly sequence: number;
}

/** What a unit says that happened, as an event's type, and where the request stands then. */
export interface ToldChange {
  readonly event: string;
  readonly state: State;
  readonly sequence: number;
}

/**
 * Changes that a force is not told of, notes and another assignee, take numbers too, so numbers are missing between those it
 * hears. Nobody writes ten thousand notes between two of them: what is further ahead is a fault, and would make every true change
 * that comes after it look old.
 */
export const SEQUENCE_STEP_MAX = 10_000;

interface Edge {
  readonly event: string;
  readonly from: readonly (State | null)[];
  readonly to: State | 'unchanged';
}

/** The table, its beginning, the end of a request that its unit could not take, and what a unit says after a restore: who had a request in hand is lost, so it waits for anybody. */
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

/** Told beside the life of a request: they say how it stands and move nothing. */
const MOVES_NOTHING: readonly string[] = ['concordat.change-refused.v1', 'concordat.request-not-taken.v1'];

/** Steps from each state to each other that can be reached from it. */
const DISTANCES = new Map([null, ...STATES].map((from) => [from, distancesFrom(from)]));

/**
 * Why a change cannot follow what is known, in words; undefined when it can. What is as old as what is known, or older, moves
 * nothing and is not judged. Where numbers are missing between, the known state must lead there in as many steps.
 */
export function impossibleBecause(known: KnownState, told: ToldChange): string | undefined {
  const steps = told.sequence - known.sequence;
  if (steps <= 0) return undefined;
  const after = `The change ${String(told.sequence)} comes after ${String(known.sequence)}`;
  if (MOVES_NOTHING.includes(told.event)) return undefined;
  if (steps > SEQUENCE_STEP_MAX)
    return `${after}: more than ${String(SEQUENCE_STEP_MAX)} cannot be missing between them.`;
  const distances = DISTANCES.get(known.state);
  const follows = EDGES.some(
    ({ event, from, to }) =>
      event === told.event &&
      from.some(
        (before) =>
          (distances?.get(before) ?? Infinity) < steps && (to === 'unchanged' ? before : to) === told.state,
      ),
  );
  if (follows) return undefined;
  return `${after}, and ${told.event} with the state ${told.state} does not follow from ${known.state ?? 'a request that nobody has queued'} in ${String(steps)} ${steps === 1 ? 'step' : 'steps'}.`;
}

function distancesFrom(start: State | null): ReadonlyMap<State | null, number> {
  const distances = new Map([[start, 0]]);
  // A map gives what is added while it is read, so this goes on until nothing new is reached.
  for (const [state, distance] of distances) {
    for (const { from, to } of EDGES)
      if (to !== 'unchanged' && from.includes(state) && !distances.has(to)) distances.set(to, distance + 1);
  }
  return distances;
}
