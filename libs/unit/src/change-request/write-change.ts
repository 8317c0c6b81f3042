import { forceEventsTopic, type RequestChanged } from '#contracts';
import { newId } from '#kernel';
import type { PoolClient } from '#persistence';
import { meetClocks, moveClocks, nextDue, type State, type TransitionDecision } from '#requests';
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
  readonly note?: { readonly kind: 'note' | 'reply'; readonly text: string };
  readonly proposal?: Readonly<Record<string, unknown>>;
  /** Why, for the access log: the command and nothing personal. */
  readonly reason: string;
}

/**
 * The one statement by which a task changes: task, event, access log, and a note or a proposal where there is one. The
 * version and the state that were read stand in its condition, so a change that came between leaves no trace of this one.
 */
const WRITE_CHANGE = `
with change as materialized (
  select * from json_to_record($1) as change (
    force text, id uuid, "fromVersion" integer, "fromState" text, state text, assignee text, proposer text, due timestamptz, clocks json,
    at timestamptz, event uuid, type text, trace text, topic text, source text, changed json, person text, service text, reason text,
    entry uuid, "noteKind" text, "noteText" text, proposal json)
), changed as (
  update task set state = change.state, assignee = change.assignee, proposer = change.proposer, due_at = coalesce(change.due, 'infinity'),
    clocks = change.clocks, version = task.version + 1, updated_at = change.at
  from change
  where task.owning_force = change.force and task.id = change.id
    and task.version = change."fromVersion" and task.state = change."fromState"
  returning task.owning_force, task.version
), told as (
  insert into event (owning_force, event_id, request_id, type, time, traceparent, topic, key, source, data, person)
  select force, event, id, type, at, trace, topic, id::text, source, changed, person from change join changed on owning_force = force
), logged as (
  insert into access_log (owning_force, person, service, operation, request_id, reason)
  select force, person, service, 'alteration', id, reason from change join changed on owning_force = force
), noted as (
  insert into note (owning_force, id, request_id, kind, author, text, at)
  select force, entry, id, "noteKind", person, "noteText", at from change join changed on owning_force = force where "noteText" is not null
), proposed as (
  insert into proposal (owning_force, id, request_id, version, proposer, answer, at)
  select force, entry, id, version, person, proposal, at from change join changed on owning_force = force where proposal is not null
)
select version from changed`;

/** Writes a change that was decided; undefined when the task was changed meanwhile. Returns the task as it is now. */
export async function writeChange(client: PoolClient, unit: UnitRuntime, task: TaskRow, change: Change): Promise<TaskRow | undefined> {
  const { decision } = change;
  const state: State = decision.to;
  const { milestone } = change.detail;
  const moved = moveClocks(task.clocks, task.state, state, task.at, unit.calendar);
  const clocks = milestone === undefined ? moved : meetClocks(moved, { milestone }, task.at);
  const due = nextDue(clocks);
  const after: TaskRow = {
    ...task,
    state,
    assignee: change.assignee,
    proposer: change.proposer,
    clocks,
    dueAt: due,
    version: task.version + 1,
    updatedAt: task.at,
  };
  const { rowCount } = await client.query({
    name: 'write-change',
    text: WRITE_CHANGE,
    values: [
      JSON.stringify({
        force: task.force,
        id: task.id,
        fromVersion: task.version,
        fromState: task.state,
        state,
        assignee: after.assignee,
        proposer: after.proposer,
        due,
        clocks,
        at: task.at,
        event: newId(),
        type: decision.event,
        trace: task.traceparent,
        topic: decision.published ? forceEventsTopic(task.force) : null,
        source: unit.source,
        changed: changedOf(unit, after, change.detail),
        person: change.person,
        service: unit.definition.slug,
        reason: change.reason,
        entry: newId(),
        noteKind: change.note?.kind,
        noteText: change.note?.text,
        // A JSON null would be a proposal of nothing; absent is SQL's null.
        proposal: change.proposal,
      }),
    ],
  });
  return rowCount === 1 ? after : undefined;
}

function changedOf(unit: UnitRuntime, task: TaskRow, detail: ChangeDetail): RequestChanged {
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
      clocks: clockReadings(task.clocks, task.at, unit.calendar),
    },
    detail,
  );
}
