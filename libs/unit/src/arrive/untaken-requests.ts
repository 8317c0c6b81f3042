import {
  forceEventsTopic,
  isReference,
  problemDetails,
  refuseUnpublishable,
  type MessageType,
  type ProblemDetails,
  type RequestState,
  type SubmittedRequest,
} from '#contracts';
import { contentHash, isSlug, isUuid, newId } from '#kernel';
import type { DeadLetter } from '#messaging';
import { appendEvents, keepDeadLetters, takeIn, type PoolClient } from '#persistence';
import { requestChanged, type ChangeDetail } from '../request-changed.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { FIND_DEAD_LETTER, IS_KNOWN } from './arrive.sql.ts';
import type { ReceivedFromForce } from './read-batch.ts';

const SUBMITTED: MessageType = 'concordat.request-submitted.v1';
const NOT_ACCEPTED: MessageType = 'concordat.request-not-taken.v1';
/** A request that the unit did not accept has no reference there. */
export const NO_REFERENCE = 'none';
const UNREADABLE = 'unknown';

/** A request that intake accepted and the unit could not accept. */
interface UntakenRequest {
  readonly force: string;
  readonly requestId: string;
  readonly forceReference: string;
  readonly type: string;
}

/**
 * Keeps dead letters, and notifies the force of each request among them, which would otherwise seem accepted
 * for ever. Requests in `arriving` are about to be stored, so no force is notified of them.
 */
export async function keepUntaken(
  unit: UnitRuntime,
  letters: readonly DeadLetter[],
  arriving: ReadonlySet<string> = new Set(),
): Promise<void> {
  await unit.deadLetters.keep(letters);
  const forces = [...new Set(letters.map(({ force }) => force).filter((force) => unit.serves(force)))];
  if (forces.length === 0) return;
  const notices = await unit.database.transaction(forces, (client) =>
    notifyForces(client, unit, letters, arriving),
  );
  if (notices > 0) unit.published();
}

/** Does the same in the caller's transaction, which names the letters' forces. */
export async function keepUntakenIn(
  client: PoolClient,
  unit: UnitRuntime,
  letters: readonly DeadLetter[],
): Promise<void> {
  await keepDeadLetters(client, letters);
  await notifyForces(client, unit, letters);
}

/**
 * Writes one notice for each request that was not accepted, and returns their number. A request that is
 * stored here needs none, because its letter was a second message about it.
 */
async function notifyForces(
  client: PoolClient,
  unit: UnitRuntime,
  letters: readonly DeadLetter[],
  arriving: ReadonlySet<string> = new Set(),
): Promise<number> {
  let notices = 0;
  for (const { message, problem } of letters) {
    const untaken = untakenIn(unit, message);
    if (!untaken || arriving.has(untaken.requestId)) continue;
    // Two replicas may process the same message: the lock lets the second see the notice of the first.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `untaken ${untaken.force} ${untaken.requestId}`,
    ]);
    if (await isKnown(client, untaken)) continue;
    const detail = `The unit could not accept the request, and its staff look into it. You can withdraw the request and send it again. ${problem.detail}`;
    await appendNotice(client, unit, untaken, NOT_ACCEPTED, 'accepted', {
      problem: { ...problem, detail: detail.slice(0, 2_000) },
    });
    notices += 1;
  }
  return notices;
}

function untakenIn(unit: UnitRuntime, { headers, value }: DeadLetter['message']): UntakenRequest | undefined {
  const force = headers['ce_owningforce'];
  if (headers['ce_type'] !== SUBMITTED || force === undefined || !unit.serves(force) || value === null)
    return undefined;
  try {
    const { requestId, forceReference, type } = JSON.parse(value.toString()) as SubmittedRequest;
    if (!isUuid(requestId)) return undefined;
    // These fields may be the reason for the dead letter; a notice that is not valid would stop the
    // partition.
    return {
      force,
      requestId,
      forceReference: isReference(forceReference) ? forceReference : UNREADABLE,
      type: isSlug(type) ? type : UNREADABLE,
    };
  } catch {
    return undefined;
  }
}

async function isKnown(client: PoolClient, { force, requestId }: UntakenRequest): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>({
    name: 'untaken-is-known',
    text: IS_KNOWN,
    values: [force, requestId, NOT_ACCEPTED],
  });
  return rows[0]?.known === true;
}

/**
 * Processes a force's change to a request that the unit could not accept: it can only be withdrawn. Returns
 * false if it is no such request. A withdrawn request stays withdrawn, even if its submission comes again to
 * a unit that could accept it.
 */
export async function settleUntaken(
  client: PoolClient,
  unit: UnitRuntime,
  { kind, force, value }: ReceivedFromForce,
): Promise<boolean> {
  const letter = await letterOf(client, force, value.requestId);
  const untaken = letter && untakenIn(unit, letter.message);
  if (!untaken || !(await isKnown(client, untaken))) return false;
  if (kind === 'reply') return false;
  const { changeId } = value;
  if (kind !== 'withdraw') {
    const problem = problemDetails(
      'not-in-this-state',
      'The unit could not accept this request: withdraw it and send a new request.',
    );
    await appendNotice(client, unit, untaken, 'concordat.change-refused.v1', 'accepted', {
      changeId,
      problem,
    });
    return true;
  }
  await takeIn(client, [
    {
      owningForce: force,
      messageId: letter.messageId,
      contentHash: contentHash(JSON.parse(String(letter.message.value)) as SubmittedRequest),
    },
  ]);
  await appendNotice(client, unit, untaken, 'concordat.request-withdrawn.v1', 'withdrawn', {
    changeId,
    reason: value.reason,
  });
  return true;
}

async function letterOf(client: PoolClient, force: string, requestId: string) {
  const { rows } = await client.query<{ headers: { name: string; text?: string }[]; value: Buffer | null }>({
    name: 'letter-of-untaken',
    text: FIND_DEAD_LETTER,
    values: [force, Buffer.from(requestId)],
  });
  const [row] = rows;
  if (!row) return undefined;
  const headers = Object.fromEntries(
    row.headers.flatMap(({ name, text }) => (text === undefined ? [] : [[name, text]])),
  );
  return {
    messageId: String(headers['ce_id']),
    message: { headers, value: row.value } as unknown as DeadLetter['message'],
  };
}

async function appendNotice(
  client: PoolClient,
  unit: UnitRuntime,
  { force, requestId, forceReference, type }: UntakenRequest,
  event: MessageType,
  state: RequestState,
  detail: Omit<ChangeDetail, 'problem'> & { readonly problem?: ProblemDetails },
): Promise<void> {
  const at = new Date();
  const about = { requestId, forceReference, unit: unit.definition.slug, type, unitReference: NO_REFERENCE };
  const life = { state, version: 1, question: null, reason: detail.reason ?? null };
  const data = requestChanged({ ...about, at, clocks: [] }, life, detail);
  refuseUnpublishable(event, data);
  await appendEvents(client, [
    {
      owningForce: force,
      eventId: newId(),
      requestId,
      type: event,
      time: at.toISOString(),
      traceparent: null,
      topic: forceEventsTopic(force),
      key: requestId,
      source: unit.source,
      data,
    },
  ]);
}
