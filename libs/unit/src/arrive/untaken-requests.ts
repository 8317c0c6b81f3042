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
const NOT_TAKEN: MessageType = 'concordat.request-not-taken.v1';
/** A request that the unit never took has no reference there. */
export const NO_REFERENCE = 'none';
const UNREADABLE = 'unknown';

/** A request that intake accepted and the unit could not take. */
interface UntakenRequest {
  readonly force: string;
  readonly requestId: string;
  readonly forceReference: string;
  readonly type: string;
}

/**
 * Keeps what cannot be taken, and tells the force of each request among it: in its eyes it would be accepted for ever. Of `taken`,
 * which are about to be stored, nothing is told.
 */
export async function keepUntaken(
  unit: UnitRuntime,
  letters: readonly DeadLetter[],
  taken: ReadonlySet<string> = new Set(),
): Promise<void> {
  await unit.deadLetters.keep(letters);
  const forces = [...new Set(letters.map(({ force }) => force).filter((force) => unit.serves(force)))];
  if (forces.length === 0) return;
  const told = await unit.database.transaction(forces, (client) => tellUntaken(client, unit, letters, taken));
  if (told > 0) unit.published();
}

/** The same in the caller's transaction, which names the letters' forces. */
export async function keepUntakenIn(
  client: PoolClient,
  unit: UnitRuntime,
  letters: readonly DeadLetter[],
): Promise<void> {
  await keepDeadLetters(client, letters);
  await tellUntaken(client, unit, letters);
}

/** Tells each once, and nothing of a request that is here: its letter was a second message about it. Returns how many. */
async function tellUntaken(
  client: PoolClient,
  unit: UnitRuntime,
  letters: readonly DeadLetter[],
  taken: ReadonlySet<string> = new Set(),
): Promise<number> {
  let told = 0;
  for (const { message, problem } of letters) {
    const untaken = untakenIn(unit, message);
    if (!untaken || taken.has(untaken.requestId)) continue;
    // Two replicas may have the same message in hand: one tells, and the other sees that it was told.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `untaken ${untaken.force} ${untaken.requestId}`,
    ]);
    if (await isKnown(client, untaken)) continue;
    const detail = `The unit could not take the request, and its people look into it; it can be withdrawn, and sent again. ${problem.detail}`;
    await tell(client, unit, untaken, NOT_TAKEN, 'accepted', {
      problem: { ...problem, detail: detail.slice(0, 2_000) },
    });
    told += 1;
  }
  return told;
}

function untakenIn(unit: UnitRuntime, { headers, value }: DeadLetter['message']): UntakenRequest | undefined {
  const force = headers['ce_owningforce'];
  if (headers['ce_type'] !== SUBMITTED || force === undefined || !unit.serves(force) || value === null)
    return undefined;
  try {
    const { requestId, forceReference, type } = JSON.parse(value.toString()) as SubmittedRequest;
    if (!isUuid(requestId)) return undefined;
    // What made it a dead letter may be these: a notice that does not fit its own type would stop the partition for ever.
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
    values: [force, requestId, NOT_TAKEN],
  });
  return rows[0]?.known === true;
}

/**
 * Settles what a force wants of a request that the unit could not take: it can be withdrawn, and nothing else. False when
 * it is no such request. Once withdrawn it stays so, though its message should come again to a unit that could take it.
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
      'The unit could not take this request: withdraw it, and send a new one.',
    );
    await tell(client, unit, untaken, 'concordat.change-refused.v1', 'accepted', { changeId, problem });
    return true;
  }
  await takeIn(client, [
    {
      owningForce: force,
      messageId: letter.messageId,
      contentHash: contentHash(JSON.parse(String(letter.message.value)) as SubmittedRequest),
    },
  ]);
  await tell(client, unit, untaken, 'concordat.request-withdrawn.v1', 'withdrawn', {
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

async function tell(
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
