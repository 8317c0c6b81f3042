import type { RequestChanged } from '#contracts';
import { recordAccess, type PoolClient } from '#persistence';
import type { TransitionEvent } from '#requests';
import type { StaffCaller } from '#web';
import { allowedCommands, type AllowedCommand } from '../change-request/decide-command.ts';
import { notFound } from '../change-request/change-request.ts';
import { linksOf, type LinkView } from '../link-requests/link-requests.ts';
import { arrivedRequests, findTask, type TaskRow } from '../task-row.ts';
import { listedTask, type ListedTask } from '../task-view.ts';
import type { AnswerCaution, ArrivedRequest, RequestType } from '../unit-definition.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { relatedTo, type RelatedView } from './related.ts';
import { timelineEntry, type EventColumns, type TimelineEntry } from './timeline.ts';
import { CORRECTIONS, EVENTS, NEWEST_PROPOSAL, NOTES, REQUEST_AS_SUBMITTED } from './read-request.sql.ts';

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

/** An answer that somebody proposed. */
interface Proposal {
  readonly proposer: string;
  readonly at: string;
  readonly answer: Readonly<Record<string, unknown>>;
}

/** Everything that the unit stores about a request. */
export interface RequestDetail extends ListedTask {
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
  readonly proposal: Proposal | null;
  /** The newest proposal if it was returned and the request is in work again; null if there is none. */
  readonly returnedProposal: Proposal | null;
  /** The newest answer; a reopened request has the earlier one until there is another. */
  readonly answer: Readonly<Record<string, unknown>> | null;
  readonly reason: string | null;
  readonly belongsTo: string | null;
  /** Newest first. */
  readonly timeline: readonly TimelineEntry[];
  readonly notes: readonly NoteView[];
  /** The unit's own record of the request. */
  readonly record: Readonly<Record<string, unknown>> | null;
  /** Every command that exists for the type's way of deciding, and whether the caller may give it now. */
  readonly allowed: readonly AllowedCommand[];
  /** The changes since the answer was proposed; null if no answer awaits a decision. */
  readonly changedSinceProposal: {
    readonly corrections: readonly CorrectionView[];
    readonly notes: readonly NoteView[];
    readonly events: readonly TimelineEntry[];
  } | null;
  /** The person to speak to at the force, from the payload field that the type names. */
  readonly forceContact: string | null;
  /** The numbers that are expected in an answer, while one can be given. */
  readonly cautions: readonly AnswerCaution[];
  /** Links to other requests of the same force, newest first. */
  readonly links: readonly LinkView[];
  /** Other requests of the same force about the same thing, newest first. */
  readonly related: readonly RelatedView[];
}

interface RequestColumns {
  readonly channel: string;
  readonly submittedBy: string;
  readonly agreementId: string;
  readonly submittedPayload: Readonly<Record<string, unknown>>;
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
      const [detail] = await Promise.all([
        detailOf(client, unit, caller, task),
        recordAccess(client, [{ ...entry, operation: 'consultation' }]),
      ]);
      return detail;
    }
    return detailOf(client, unit, caller, task);
  });
}

async function detailOf(
  client: PoolClient,
  unit: UnitRuntime,
  caller: StaffCaller,
  task: TaskRow,
): Promise<RequestDetail> {
  const values = [task.force, task.id];
  // Statements that do not need each other's answers are sent together.
  const [[arrived], request, corrected, events, noted, proposals, allowed, links] = await Promise.all([
    arrivedRequests(client, [task]) as Promise<[ArrivedRequest]>,
    client.query<RequestColumns>({ name: 'read-request', text: REQUEST_AS_SUBMITTED, values }),
    client.query<Dated<CorrectionView>>({ name: 'read-corrections', text: CORRECTIONS, values }),
    client.query<EventColumns>({ name: 'read-events', text: EVENTS, values }),
    client.query<Dated<NoteView>>({ name: 'read-notes', text: NOTES, values }),
    client.query<Dated<Proposal>>({ name: 'read-proposal', text: NEWEST_PROPOSAL, values }),
    allowedCommands(client, unit, task, caller),
    linksOf(client, unit, task),
  ]);
  const [record, related, cautions] = await Promise.all([
    unit.records.read(client, arrived),
    relatedTo(client, unit, arrived),
    task.state === 'claimed' ? unit.records.cautions(client, arrived) : [],
  ]);
  const corrections = corrected.rows.map(undated);
  const notes = noted.rows.map(undated);
  const { channel, submittedBy, agreementId, submittedPayload } = request.rows[0] as RequestColumns;
  const [newestProposal = null] = proposals.rows.map(undated);
  const proposal = task.state === 'awaiting-decision' ? newestProposal : null;
  const newest = (pick: (event: RequestChanged) => unknown): RequestChanged | undefined =>
    events.rows.find(({ data }) => pick(data) !== undefined)?.data;
  const declined = task.state === 'declined' ? newest(({ belongsTo }) => belongsTo) : undefined;
  const timeline = events.rows.map(timelineEntry);
  return {
    ...listedTask(unit, { ...task, payload: arrived.payload }),
    payload: arrived.payload,
    submittedPayload: corrections.length > 0 ? submittedPayload : null,
    corrections,
    typeVersion: task.typeVersion,
    channel,
    submittedBy,
    agreementId,
    question:
      task.state === 'waiting-for-force' ? (newest(({ question }) => question)?.question ?? null) : null,
    proposal,
    returnedProposal: task.state === 'claimed' && isReturned(timeline) ? newestProposal : null,
    answer: newest(({ answer }) => answer)?.answer ?? null,
    reason:
      declined?.reason ??
      (task.state === 'held' || task.state === 'withdrawn'
        ? (newest(({ reason }) => reason)?.reason ?? null)
        : null),
    belongsTo: declined?.belongsTo ?? null,
    timeline,
    notes,
    record,
    allowed,
    changedSinceProposal:
      proposal &&
      changesSince(proposal.at, {
        corrections,
        notes,
        events: timeline.slice(
          0,
          Math.max(
            0,
            timeline.findIndex(({ type }) => type === PROPOSED),
          ),
        ),
      }),
    forceContact: forceContactOf(unit.typeOf(task).type, arrived.payload),
    cautions,
    links,
    related,
  };
}

/** The event of a proposal; the events after it come before it in the timeline. */
const PROPOSED = 'concordat.decision-proposed.v1' satisfies TransitionEvent;

const RETURNED = 'concordat.decision-returned.v1' satisfies TransitionEvent;

/** True if nothing was proposed since a proposal came back. The timeline is newest first. */
function isReturned(timeline: readonly TimelineEntry[]): boolean {
  return timeline.find(({ type }) => type === PROPOSED || type === RETURNED)?.type === RETURNED;
}

/** Corrections and notes are written with the moment of their change, so a later one has a later moment. */
function changesSince(
  proposedAt: string,
  { corrections, notes, events }: NonNullable<RequestDetail['changedSinceProposal']>,
): RequestDetail['changedSinceProposal'] {
  return {
    corrections: corrections.filter(({ at }) => at > proposedAt),
    notes: notes.filter(({ at }) => at > proposedAt),
    events,
  };
}

function forceContactOf({ contact }: RequestType, payload: Readonly<Record<string, unknown>>): string | null {
  const person = contact === undefined ? undefined : payload[contact];
  return typeof person === 'string' ? person : null;
}

type Dated<View extends { readonly at: string }> = Omit<View, 'at'> & { readonly at: Date };

const undated = <View extends { readonly at: Date }>(view: View): Omit<View, 'at'> & { at: string } => ({
  ...view,
  at: view.at.toISOString(),
});
