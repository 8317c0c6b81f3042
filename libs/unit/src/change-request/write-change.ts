import { forceEventsTopic, refuseUnpublishable, type RequestChanged } from '#contracts';
import { newId } from '#kernel';
import type { PoolClient } from '#persistence';
import { evolve, nextDue, type ClockState, type TransitionDecision } from '#requests';
import { clockReadings, requestChanged, type ChangeDetail } from '../request-changed.ts';
import type { TaskRow } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { addTerms } from '../search-requests/keep-terms.ts';
import { WRITE_CHANGES } from './change-request.sql.ts';

export interface Change {
  readonly decision: TransitionDecision & { readonly ok: true };
  /** The person of the unit, or the credential of the force, that makes the change. */
  readonly person: string;
  readonly assignee: string | null;
  readonly proposer: string | null;
  /** The fields of the event; a milestone in it meets its clocks. */
  readonly detail: ChangeDetail;
  readonly note?: { readonly kind: 'note' | 'reply' | 'information'; readonly text: string };
  readonly proposal?: Readonly<Record<string, unknown>>;
  /** Replaces the clocks of the request, because a reopening starts them again. */
  readonly clocks?: readonly ClockState[];
  /** The reason in the access log: the command, and nothing personal. */
  readonly reason: string;
  /**
   * The moment a force asked for it, by intake's clock (RFC 3339); without it, the present. Clocks resume or
   * end at that moment, even if the message took long to arrive.
   */
  readonly happenedAt?: string;
}

/** A change that was decided, and the task as it was when it was locked. */
export interface DecidedChange {
  readonly task: TaskRow;
  readonly change: Change;
}

/**
 * Writes one change for each of these tasks. Returns the tasks as they are now, in their order; undefined for
 * a task that was changed meanwhile. Throws a Refusal if an event could not be published.
 */
export async function writeChanges(
  client: PoolClient,
  unit: UnitRuntime,
  decided: readonly DecidedChange[],
): Promise<(TaskRow | undefined)[]> {
  if (decided.length === 0) return [];
  const after = decided.map(({ task, change }) => changedTask(unit, task, change));
  const { rows } = await client.query<{ n: number }>({
    name: 'write-changes',
    text: WRITE_CHANGES,
    values: [
      JSON.stringify(
        decided.map(({ task, change }, n) => ({ n, ...written(unit, task, change, after[n] as TaskRow) })),
      ),
    ],
  });
  const changed = new Set(rows.map(({ n }) => n));
  await addTerms(
    client,
    unit,
    decided.flatMap(({ task, change }, n) => (changed.has(n) ? [{ task, detail: change.detail }] : [])),
  );
  return after.map((task, n) => (changed.has(n) ? task : undefined));
}

/** The task after the change: `at` is the moment of the change, `updatedAt` the moment of writing. */
function changedTask(
  unit: UnitRuntime,
  task: TaskRow,
  { decision, detail, assignee, proposer, clocks, happenedAt }: Change,
): TaskRow {
  // Another machine's clock may be ahead, but no change can be later than now.
  const at = new Date(
    Math.min(task.at.getTime(), happenedAt === undefined ? Infinity : Date.parse(happenedAt)),
  );
  const life = evolve(task, { ...detail, to: decision.to, at, clocks }, unit.termsOf(task));
  return { ...task, ...life, assignee, proposer, dueAt: nextDue(life.clocks), updatedAt: task.at, at };
}

/** One row of the statement's parameter. */
function written(unit: UnitRuntime, task: TaskRow, change: Change, after: TaskRow): Record<string, unknown> {
  const { decision } = change;
  const changed = changedOf(unit, after, change.detail);
  if (decision.published) refuseUnpublishable(decision.event, changed);
  return {
    force: task.force,
    id: task.id,
    fromVersion: task.version,
    fromState: task.state,
    state: after.state,
    assignee: after.assignee,
    proposer: after.proposer,
    due: after.dueAt,
    clocks: after.clocks,
    // An absent field becomes SQL's null; a JSON null would be a question.
    question: after.question ?? undefined,
    taskReason: after.reason,
    at: after.at,
    writtenAt: after.updatedAt,
    event: newId(),
    type: decision.event,
    trace: task.traceparent,
    topic: decision.published ? forceEventsTopic(task.force) : null,
    source: unit.source,
    changed,
    person: change.person,
    service: unit.definition.slug,
    reason: change.reason,
    entry: newId(),
    noteKind: change.note?.kind,
    noteText: change.note?.text,
    // An absent field becomes SQL's null; a JSON null would be a proposal.
    proposal: change.proposal,
  };
}

/** The event of a change to a task, or, with a problem, of a refused change. */
export function changedOf(unit: UnitRuntime, task: TaskRow, detail: ChangeDetail): RequestChanged {
  return requestChanged(
    {
      requestId: task.id,
      forceReference: task.forceReference,
      unit: unit.definition.slug,
      type: task.type,
      unitReference: task.unitReference,
      at: task.at,
      // The later of the two moments is used, so that a breach that was published is not taken back.
      clocks: clockReadings(
        task.clocks,
        new Date(Math.max(task.at.getTime(), task.updatedAt.getTime())),
        unit.calendar,
      ),
    },
    task,
    detail,
  );
}
