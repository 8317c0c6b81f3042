import type { ClockReading, CurrentRequest, Envelope, RequestChanged } from '#contracts';

/** An event of a unit, with the state of its request after it. */
export interface CurrentChange {
  readonly change: Envelope<RequestChanged>;
  readonly current: CurrentRequest;
  readonly clocks: readonly ClockReading[] | undefined;
  /** True if its sequence is the highest of its request in the batch. Refused changes do not count. */
  readonly newest: boolean;
}

/**
 * Returns the events of a batch in their order, each with the state of its request after it. Events carry
 * that state themselves. Events of older units (decision 0039) carry only what changed, so the rest is taken
 * from the event before, as far as the batch has it.
 */
export function currentChanges(changes: readonly Envelope<RequestChanged>[]): CurrentChange[] {
  const found: Omit<CurrentChange, 'newest'>[] = [];
  const newest = new Map<string, number>();
  // The sort is stable: if two have the same sequence, the later one counts.
  for (const [n, change] of [...changes.entries()].toSorted(([, a], [, b]) => bySequence(a, b))) {
    const { value } = change;
    const before = found[newest.get(value.requestId) ?? -1];
    const current = value.current ?? currentOfOlder(value, before?.current);
    found[n] = { change, current, clocks: value.clocks ?? before?.clocks };
    if (value.problem === undefined) newest.set(value.requestId, n);
  }
  return found.map((one, n) => ({ ...one, newest: newest.get(one.change.value.requestId) === n }));
}

const bySequence = (a: Envelope<RequestChanged>, b: Envelope<RequestChanged>): number =>
  a.value.sequence - b.value.sequence;

/** Keeps an open question over a milestone, and the reason for a hold too. */
function currentOfOlder(
  { state, sequence, question: text, reason, belongsTo, reopenUntil }: RequestChanged,
  before: CurrentRequest | undefined,
): CurrentRequest {
  const asked = text === undefined ? before?.question : { text, version: sequence };
  const question = state === 'waiting-for-force' ? asked : undefined;
  const why = reason ?? (state === 'held' ? before?.reason : undefined);
  return {
    state,
    ...(question && { question }),
    ...(why !== undefined && { reason: why }),
    ...(belongsTo !== undefined && { belongsTo }),
    ...(reopenUntil !== undefined && { reopenUntil }),
  };
}
