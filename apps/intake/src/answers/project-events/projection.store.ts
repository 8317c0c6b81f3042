import { Refusal, type Envelope, type RequestChanged } from '#contracts';
import { isUuid, newId } from '#kernel';
import type { PoolClient } from '#persistence';
import { impossibleBecause, type KnownState, type State } from '#requests';
import { currentChanges, type CurrentChange } from './current-requests.ts';
import { LOCK_PROGRESS, PROJECT_CHANGES } from './project-changes.sql.ts';

/**
 * Stores events, and returns the places of those whose request this force did not send to that unit. With a
 * topic the events are published there as well: events that intake makes itself in place of a unit.
 */
export async function projectChanges(
  client: PoolClient,
  force: string,
  changes: readonly Envelope<RequestChanged>[],
  publishOn: string | null = null,
): Promise<number[]> {
  const { rows } = await client.query<{ n: number }>({
    name: 'project-changes',
    text: PROJECT_CHANGES,
    values: [JSON.stringify(currentChanges(changes).map(rowOf)), force, publishOn],
  });
  return rows.map(({ n }) => n);
}

function rowOf({ change, current, clocks, newest }: CurrentChange, n: number): object {
  const { id, type, time, traceparent, source, value } = change;
  return {
    n,
    newest,
    event_id: isUuid(id) ? id : newId(),
    type,
    time,
    trace: traceparent,
    source,
    request_id: value.requestId,
    unit: value.unit,
    unit_reference: value.unitReference,
    state: value.state,
    sequence: value.sequence,
    question: current.question?.text,
    question_version: current.question?.version,
    reason: current.reason,
    belongs_to: current.belongsTo,
    answer: value.answer,
    reopen_until: current.reopenUntil,
    clocks,
    change_id: value.changeId,
    problem: value.problem,
    // Only a correction may carry a payload: with any other event it would change what the force sent.
    payload: type === 'concordat.request-corrected.v1' ? value.payload : undefined,
    data: value,
  };
}

/**
 * Throws a Refusal if an event cannot follow the state of its request; the events are checked in their order.
 * The progress rows stay locked for the projection. The projection itself sorts out events about another
 * unit's request.
 */
export async function refuseImpossible(
  client: PoolClient,
  force: string,
  changes: readonly Envelope<RequestChanged>[],
): Promise<void> {
  const { rows } = await client.query<{
    id: string;
    unit: string;
    state: State | 'accepted';
    sequence: number;
  }>({
    name: 'lock-progress',
    text: LOCK_PROGRESS,
    values: [force, [...new Set(changes.map(({ value }) => value.requestId).filter(isUuid))]],
  });
  const known = new Map<string, KnownState>(
    rows.map(({ id, unit, state, sequence }) => [
      `${unit} ${id}`,
      { state: state === 'accepted' ? null : state, sequence },
    ]),
  );
  for (const { type, value } of changes) {
    const key = `${value.unit} ${value.requestId}`;
    const before = known.get(key);
    if (!before) continue;
    const next = { event: type, state: value.state as State, sequence: value.sequence };
    const why = contradictionIn(value) ?? impossibleBecause(before, next);
    if (why !== undefined) throw new Refusal('not-in-this-state', why, { requestId: value.requestId });
    if (next.sequence > before.sequence && value.problem === undefined) known.set(key, next);
  }
}

/** An event holds its state twice. The state that is checked must be the state that a force reads. */
function contradictionIn({ state, current }: RequestChanged): string | undefined {
  return current === undefined || current.state === state
    ? undefined
    : `The event gives two states for the request: ${state}, and ${current.state} in current.`;
}
