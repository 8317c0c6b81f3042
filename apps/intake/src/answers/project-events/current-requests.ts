import type { ClockReading, CurrentRequest, Envelope, RequestChanged } from '#contracts';

/** A change, with its request as it is after it. */
export interface CurrentChange {
  readonly change: Envelope<RequestChanged>;
  readonly current: CurrentRequest;
  readonly clocks: readonly ClockReading[] | undefined;
  /** Its sequence is the highest of its request in the batch. Refused changes do not count. */
  readonly newest: boolean;
}

/**
 * The changes of a batch in their order, each with the request as it is after it. Events say that themselves. Events of
 * older units (decision 0039) say only what moved, so the rest comes from the change before, as far as the batch has it.
 */
export function currentChanges(changes: readonly Envelope<RequestChanged>[]): CurrentChange[] {
  const found: Omit<CurrentChange, 'newest'>[] = [];
  const newest = new Map<string, number>();
  // The sort is stable: of two with one sequence, the later one counts.
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

/** An open question outlasts a milestone, and so does the reason for a hold. */
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
