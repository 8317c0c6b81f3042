import { forceEventsTopic, REFERENCE_MAX, type ProblemDetails } from '#contracts';
import { newId } from '#kernel';
import { mapInTurns } from '#messaging';
import { type PoolClient } from '#persistence';
import { KEEP_REFUSALS } from './refusal.sql.ts';
import type { Channel } from '../../registers/channel.ts';

/** A message or request of a force that intake did not accept. */
export interface RefusedSubmission {
  readonly channel: Channel;
  readonly problem: ProblemDetails;
  /** The same key with the same problem is stored once, however often it is sent. */
  readonly repeatKey: string;
  /** The force's own reference, if the body had one. */
  readonly reference: string | null;
  /** The Idempotency-Key or CloudEvents id. */
  readonly messageId: string | null;
  /**
   * The hash under which the id counts as used. Null leaves the id free, so that a corrected body may use it.
   */
  readonly receiptHash: string | null;
  /** The body if it was readable; otherwise `bytes`. */
  readonly body?: unknown;
  readonly bytes?: Buffer | null;
  readonly headers?: readonly { readonly name: string; readonly base64: string | null }[];
  /** The topic, partition and offset. */
  readonly place?: string;
  readonly traceparent?: string | null;
  /** The credential or principal that sent it. */
  readonly submittedBy: string;
  /**
   * If true, keeping it is logged as a collection: it is law enforcement, or nobody can tell that it is not.
   */
  readonly lawEnforcement: boolean;
}

/** The most characters of bodies in one statement. A single body may be longer. */
const STATEMENT_BODIES_MAX = 500_000;

/** Stores refusals, and returns how many were new. */
export async function keepRefusals(
  client: PoolClient,
  force: string,
  refusals: readonly RefusedSubmission[],
): Promise<number> {
  let kept = 0;
  for (const channel of ['rest', 'kafka'] as const) {
    // The statement stores one refusal per repeat key. A second one in the same list would violate the key.
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

/** Splits refusals in their order, so that no statement carries many megabytes of bodies at once. */
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

/**
 * PostgreSQL stores neither NUL nor half a character. A refusal that cannot be stored would be tried for
 * ever.
 */
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
    // The body is a text inside the text, so that it keeps its own spelling.
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

/** Returns the force's own reference from a body that may be anything. */
export function referenceIn(body: unknown): string | null {
  const reference = (body as { reference?: unknown } | null | undefined)?.reference;
  return typeof reference === 'string' && reference !== '' ? reference.slice(0, REFERENCE_MAX) : null;
}
