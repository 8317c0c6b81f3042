import { forceEventsTopic, refuseUnpublishable, type RequestChanged } from '#contracts';
import { newId } from '#kernel';
import type { PoolClient } from '#persistence';
import {
  lastDayToReopen,
  meetClocks,
  moveClocks,
  nextDue,
  REOPENABLE,
  type ClockState,
  type State,
  type TransitionDecision,
} from '#requests';
import { clockReadings, requestChanged, type ChangeDetail } from '../request-changed.ts';
import type { TaskRow } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';

export interface Change {
  readonly decision: TransitionDecision & { readonly ok: true };
  /** Who makes it: a person of the unit, or the credential of the force. */
  readonly person: string;
  readonly assignee: string | null;
  readonly proposer: string | null;
  /** What the force is told of it; a milestone in it meets its clocks. */
  readonly detail: ChangeDetail;
  readonly note?: { readonly kind: 'note' | 'reply' | 'information'; readonly text: string };
  readonly proposal?: Readonly<Record<string, unknown>>;
  /** In the place of those that the request has: they begin anew. */
  readonly clocks?: readonly ClockState[];
  /** Why, for the access log: the command and nothing personal. */
  readonly reason: string;
  /**
   * When a force did it, by intake (RFC 3339); without it, the present. However long the message was under way, its clocks went on
   * or ended then.
   */
  readonly happenedAt?: string;
}

/** A change that was decided, and the task as it was read, locked, for it. */
export interface DecidedChange {
  readonly task: TaskRow;
  readonly change: Change;
}

/**
 * The one statement by which tasks change: task, event, access log, and a note or a proposal where there is one. The
 * version and the state that were read stand in its condition, so a change that came between leaves no trace of this one.
 */
const WRITE_CHANGES = `
with change as materialized (
  select * from json_to_recordset($1) as change (
    n integer, force text, id uuid, "fromVersion" integer, "fromState" text, state text, assignee text, proposer text, due timestamptz,
    clocks json, at timestamptz, "writtenAt" timestamptz, event uuid, type text, trace text, topic text, source text, changed json, person text, service text,
    reason text, entry uuid, "noteKind" text, "noteText" text, proposal json)
), changed as (
  update task set state = change.state, assignee = change.assignee, proposer = change.proposer, due_at = coalesce(change.due, 'infinity'),
    clocks = change.clocks, version = task.version + 1, updated_at = change."writtenAt"
  from change
  where task.owning_force = change.force and task.id = change.id
    and task.version = change."fromVersion" and task.state = change."fromState"
  returning change.*, task.version as "toVersion"
), told as (
  insert into event (owning_force, event_id, request_id, type, time, traceparent, topic, key, source, data, person)
  select force, event, id, type, "writtenAt", trace, topic, id::text, source, changed, person from changed order by n
), logged as (
  insert into access_log (owning_force, person, service, operation, request_id, reason)
  select force, person, service, 'alteration', id, reason from changed order by n
), noted as (
  insert into note (owning_force, id, request_id, kind, author, text, at)
  select force, entry, id, "noteKind", person, "noteText", at from changed where "noteText" is not null
), proposed as (
  insert into proposal (owning_force, id, request_id, version, proposer, answer, at)
  select force, entry, id, "toVersion", person, proposal, at from changed where proposal is not null
)
select n from changed`;

/**
 * Writes changes that were decided, of as many different tasks. In their order the tasks as they are now; undefined for
 * one that was changed meanwhile. Throws a Refusal when the event of one could not be published.
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
  return after.map((task, n) => (changed.has(n) ? task : undefined));
}

/** The task after the change; its `at` is when the change happened, `updatedAt` when it was written. */
function changedTask(
  unit: UnitRuntime,
  task: TaskRow,
  { decision, detail, assignee, proposer, clocks: anew, happenedAt }: Change,
): TaskRow {
  const state: State = decision.to;
  // Another machine's clock may be ahead: nothing has happened later than now.
  const at = new Date(
    Math.min(task.at.getTime(), happenedAt === undefined ? Infinity : Date.parse(happenedAt)),
  );
  const moved = anew ?? moveClocks(task.clocks, task.state, state, at, unit.calendar);
  const clocks =
    detail.milestone === undefined ? moved : meetClocks(moved, { milestone: detail.milestone }, at);
  return {
    ...task,
    state,
    assignee,
    proposer,
    clocks,
    dueAt: nextDue(clocks),
    version: task.version + 1,
    updatedAt: task.at,
    at,
  };
}

/** One row of the statement's parameter. */
function written(unit: UnitRuntime, task: TaskRow, change: Change, after: TaskRow): Record<string, unknown> {
  const { decision } = change;
  const changed = changedOf(unit, after, { ...change.detail, ...reopenUntil(unit, task, after) });
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
    // A JSON null would be a proposal of nothing; absent is SQL's null.
    proposal: change.proposal,
  };
}

/** What the force is promised with an answer or a declining: it holds whatever the type says later. */
function reopenUntil(unit: UnitRuntime, before: TaskRow, { state, at }: TaskRow): ChangeDetail {
  if (state === before.state || !REOPENABLE.includes(state)) return {};
  const day = lastDayToReopen(unit.typeOf(before).type.reopening, at);
  return day === undefined ? {} : { reopenUntil: day };
}

/** What an event says of a task. */
export function changedOf(unit: UnitRuntime, task: TaskRow, detail: ChangeDetail): RequestChanged {
  return requestChanged(
    {
      requestId: task.id,
      forceReference: task.forceReference,
      unit: unit.definition.slug,
      type: task.type,
      unitReference: task.unitReference,
      state: task.state,
      sequence: task.version,
      at: task.at,
      // By when it was written, where it happened before: a breach that was told is not taken back.
      clocks: clockReadings(
        task.clocks,
        new Date(Math.max(task.at.getTime(), task.updatedAt.getTime())),
        unit.calendar,
      ),
    },
    detail,
  );
}
