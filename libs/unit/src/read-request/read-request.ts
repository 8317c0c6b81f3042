import type { RequestChanged } from '#contracts';
import { recordAccess, type PoolClient } from '#persistence';
import type { StaffCaller } from '#web';
import { notFound } from '../change-request/change-request.ts';
import { arrivedRequests, findTask, type TaskRow } from '../task-row.ts';
import { taskView, type TaskView } from '../task-view.ts';
import type { ArrivedRequest } from '../unit-definition.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { CORRECTIONS, EVENTS, NEWEST_PROPOSAL, NOTES, REQUEST_AS_SUBMITTED } from './read-request.sql.ts';

/** An event in the timeline, with the person who caused it. */
export interface TimelineEntry {
  readonly type: string;
  readonly at: string;
  readonly person: string | null;
  readonly sequence: number;
  readonly state: string;
  readonly role?: string;
  readonly question?: string;
  readonly reason?: string;
  readonly belongsTo?: string;
  readonly milestone?: string;
}

/** A correction that the force made to its request. */
export interface CorrectionView {
  readonly changeId: string;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  /** Each field as the force set it; null if the force removed the field. */
  readonly corrected: Readonly<Record<string, unknown>>;
}

export interface NoteView {
  readonly id: string;
  /** `reply`: the force's reply to a question; `information`: a message that the force sent unasked. */
  readonly kind: 'note' | 'reply' | 'information';
  readonly author: string;
  readonly text: string;
  readonly at: string;
}

/** Everything that the unit stores about a request. */
export interface RequestDetail extends TaskView {
  /** The payload as last corrected. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The payload as submitted; null if it was never corrected. */
  readonly submittedPayload: Readonly<Record<string, unknown>> | null;
  /** Newest first. */
  readonly corrections: readonly CorrectionView[];
  readonly typeVersion: number;
  readonly channel: string;
  readonly submittedBy: string;
  readonly agreementId: string;
  /** The question that waits for the force's reply. */
  readonly question: string | null;
  /** The answer that awaits a second person; null if there is none. */
  readonly proposal: {
    readonly proposer: string;
    readonly at: string;
    readonly answer: Readonly<Record<string, unknown>>;
  } | null;
  /** The newest answer; a reopened request has the earlier one until there is another. */
  readonly answer: Readonly<Record<string, unknown>> | null;
  readonly reason: string | null;
  readonly belongsTo: string | null;
  /** Newest first. */
  readonly timeline: readonly TimelineEntry[];
  readonly notes: readonly NoteView[];
  /** The unit's own record of the request. */
  readonly record: Readonly<Record<string, unknown>> | null;
}

interface RequestColumns {
  readonly channel: string;
  readonly submittedBy: string;
  readonly agreementId: string;
  readonly submittedPayload: Readonly<Record<string, unknown>>;
}

interface EventColumns {
  readonly type: string;
  readonly time: Date;
  readonly person: string | null;
  readonly data: RequestChanged;
}

/**
 * Reads one request by id or short reference. Reading a law-enforcement record is itself logged, in the same
 * transaction.
 */
export async function readRequest(
  unit: UnitRuntime,
  caller: StaffCaller,
  reference: string,
): Promise<RequestDetail> {
  const forces = unit.forcesOf(caller);
  return unit.database.transaction(forces, async (client) => {
    const task = await findTask(client, forces, reference);
    if (!task) throw notFound();
    if (unit.typeOf(task).type.lawEnforcement) {
      const entry = {
        owningForce: task.force,
        person: caller.person,
        service: unit.definition.slug,
        requestId: task.id,
      };
      await recordAccess(client, [{ ...entry, operation: 'consultation' }]);
    }
    return detailOf(client, unit, task);
  });
}

async function detailOf(client: PoolClient, unit: UnitRuntime, task: TaskRow): Promise<RequestDetail> {
  const key = [task.force, task.id];
  const [arrived] = (await arrivedRequests(client, [task])) as [ArrivedRequest];
  const request = await client.query<RequestColumns>(REQUEST_AS_SUBMITTED, key);
  const corrections = await client.query<Omit<CorrectionView, 'at'> & { at: Date }>(CORRECTIONS, key);
  const events = await client.query<EventColumns>(EVENTS, key);
  const notes = await client.query<Omit<NoteView, 'at'> & { at: Date }>(NOTES, key);
  const proposals = await client.query<{ proposer: string; at: Date; answer: Record<string, unknown> }>(
    NEWEST_PROPOSAL,
    key,
  );
  const { channel, submittedBy, agreementId, submittedPayload } = request.rows[0] as RequestColumns;
  const proposal = task.state === 'awaiting-decision' ? proposals.rows[0] : undefined;
  const newest = (pick: (event: RequestChanged) => unknown): RequestChanged | undefined =>
    events.rows.find(({ data }) => pick(data) !== undefined)?.data;
  const declined = task.state === 'declined' ? newest(({ belongsTo }) => belongsTo) : undefined;
  return {
    ...taskView(unit, task),
    payload: arrived.payload,
    submittedPayload: corrections.rows.length > 0 ? submittedPayload : null,
    corrections: corrections.rows.map((correction) => ({ ...correction, at: correction.at.toISOString() })),
    typeVersion: task.typeVersion,
    channel,
    submittedBy,
    agreementId,
    question:
      task.state === 'waiting-for-force' ? (newest(({ question }) => question)?.question ?? null) : null,
    proposal: proposal ? { ...proposal, at: proposal.at.toISOString() } : null,
    answer: newest(({ answer }) => answer)?.answer ?? null,
    reason:
      declined?.reason ??
      (task.state === 'held' || task.state === 'withdrawn'
        ? (newest(({ reason }) => reason)?.reason ?? null)
        : null),
    belongsTo: declined?.belongsTo ?? null,
    timeline: events.rows.map(timelineEntry),
    notes: notes.rows.map((note) => ({ ...note, at: note.at.toISOString() })),
    record: await unit.records.read(client, arrived),
  };
}

function timelineEntry({ type, time, person, data }: EventColumns): TimelineEntry {
  const { sequence, state, byRole, question, reason, belongsTo, milestone } = data;
  return {
    type,
    at: time.toISOString(),
    person,
    sequence,
    state,
    role: byRole,
    question,
    reason,
    belongsTo,
    milestone,
  };
}
