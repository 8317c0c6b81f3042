import { forceEventsTopic, MESSAGE_ID_MAX, REFERENCE_MAX, type ProblemDetails } from '#contracts';
import { newId } from '#kernel';
import { mapInTurns } from '#messaging';
import { utcText, type PoolClient } from '#persistence';
import type { Channel } from '../submit-request/submission.ts';

/** Something a force sent and intake did not take. */
export interface RefusedSubmission {
  readonly channel: Channel;
  readonly problem: ProblemDetails;
  /** The same key with the same problem is kept once, however often it is sent. */
  readonly repeatKey: string;
  /** The force's own reference, when the body had one. */
  readonly reference: string | null;
  /** Idempotency-Key or CloudEvents id. */
  readonly messageId: string | null;
  /** Hash under which the id counts as used; null leaves the id free (a corrected body may use it). */
  readonly receiptHash: string | null;
  /** The body, when it was readable; otherwise `bytes`. */
  readonly body?: unknown;
  readonly bytes?: Buffer | null;
  readonly headers?: readonly { readonly name: string; readonly base64: string | null }[];
  /** Topic, partition and offset. */
  readonly place?: string;
  readonly traceparent?: string | null;
  /** Credential or principal that sent it. */
  readonly submittedBy: string;
  /** Keeping it is then a collection to be logged: known to be of law enforcement, or not known to be of something else. */
  readonly lawEnforcement: boolean;
}

/** Bounds of the published message (contracts, RequestRefused). */
/** Characters of bodies in one statement; a single body may be longer. */
const STATEMENT_BODIES_MAX = 500_000;

/**
 * Keeps refusals in the caller's transaction, and, for what came over Kafka, answers on the force's events topic. What was
 * kept before changes nothing and is not answered again. `$2` says whether to answer.
 */
const KEEP_REFUSALS = `
with item as materialized (
  select * from json_to_recordset($1) as item (
    n integer, force text, id uuid, repeat_key text, channel text, code text, reference text, message_id text, receipt_hash text,
    place text, body text, bytes text, headers json, problem json, trace text, topic text, event_key text,
    submitter text, logged boolean)
), kept as (
  insert into refusal (owning_force, id, repeat_key, channel, code, reference, message_id, place, body, bytes, headers, problem)
  select force, id, repeat_key, channel, code, reference, message_id, place, body::json, decode(bytes, 'base64'), headers, problem
  from item order by force, repeat_key
  on conflict (owning_force, repeat_key) do nothing
  returning owning_force, id, refused_at
), used as (
  insert into receipt (owning_force, channel, key, content_hash)
  select force, channel, message_id, receipt_hash from item join kept using (id)
  where receipt_hash is not null and message_id is not null order by force, channel, message_id
  on conflict do nothing
), told as (
  insert into event (owning_force, event_id, type, time, traceparent, topic, key, source, data)
  select force, id, 'concordat.request-refused.v1', kept.refused_at, trace, topic, event_key, '/service/intake',
    json_strip_nulls(json_build_object('refusalId', id, 'messageId', left(nullif(message_id, ''), ${MESSAGE_ID_MAX}),
      'forceReference', left(nullif(reference, ''), ${REFERENCE_MAX}), 'problem', problem,
      'at', ${utcText('kept.refused_at')}))
  from item join kept using (id) where $2 order by n
), logged as (
  insert into access_log (owning_force, person, service, operation, reason)
  select force, submitter, 'intake', 'collection', 'refusal ' || id from item join kept using (id) where logged order by n
)
select id from kept
`;

/** Returns how many were new. */
export async function keepRefusals(
  client: PoolClient,
  force: string,
  refusals: readonly RefusedSubmission[],
): Promise<number> {
  let kept = 0;
  for (const channel of ['rest', 'kafka'] as const) {
    // The statement keeps one of each repeat key; a second in the same list would be a second row to insert.
    const distinct = new Map(
      refusals
        .filter((refusal) => refusal.channel === channel)
        .map((refusal) => [refusal.repeatKey, refusal]),
    );
    const rows = await mapInTurns([...distinct.values()], (refusal) => rowOf(force, refusal));
    for (const part of partsOf(rows)) {
      const values = [
        JSON.stringify(
          part.map((row, n) => ({ n, ...row })),
          storable,
        ),
        channel === 'kafka',
      ];
      kept += (await client.query({ name: 'keep-refusals', text: KEEP_REFUSALS, values })).rows.length;
    }
  }
  return kept;
}

/** In their order, cut so that no statement has to be written out, sent and read with megabytes of bodies at once. */
function partsOf(rows: readonly RefusalRow[]): RefusalRow[][] {
  const parts: RefusalRow[][] = [];
  let length = Infinity;
  for (const row of rows) {
    const own = (row.body?.length ?? 0) + (row.bytes?.length ?? 0);
    if (length + own > STATEMENT_BODIES_MAX) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(row);
    length += own;
  }
  return parts;
}

/** PostgreSQL stores neither NUL nor half a character; a refusal that could not be stored would be tried for ever. */
function storable(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value;
}

type RefusalRow = ReturnType<typeof rowOf>;

function rowOf(force: string, refusal: RefusedSubmission) {
  const id = newId();
  return {
    force,
    id,
    repeat_key: refusal.repeatKey,
    channel: refusal.channel,
    code: refusal.problem.code,
    reference: refusal.reference,
    message_id: refusal.messageId,
    receipt_hash: refusal.receiptHash,
    place: refusal.place ?? null,
    // As a text inside the text: the body keeps its own spelling.
    body: refusal.body === undefined ? null : JSON.stringify(refusal.body),
    bytes: refusal.bytes?.toString('base64') ?? null,
    headers: refusal.headers ?? null,
    problem: refusal.problem,
    trace: refusal.traceparent ?? null,
    topic: forceEventsTopic(force),
    event_key: refusal.reference ?? id,
    submitter: refusal.submittedBy,
    logged: refusal.lawEnforcement,
  };
}

/** The force's own reference in a body that may be anything. */
export function referenceIn(body: unknown): string | null {
  const reference = (body as { reference?: unknown } | null | undefined)?.reference;
  return typeof reference === 'string' && reference !== '' ? reference.slice(0, REFERENCE_MAX) : null;
}
