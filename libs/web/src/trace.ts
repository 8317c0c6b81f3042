import { TRACEPARENT } from '#contracts';
import { randomFillSync } from 'node:crypto';

const NO_TRACE = '0'.repeat(32);

/** Random bytes are drawn in blocks: a system call for every request would show. */
const pool = Buffer.alloc(4_080);
let drawn = pool.length;

function randomHex(bytes: number): string {
  if (drawn + bytes > pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  const text = pool.toString('hex', drawn, drawn + bytes);
  drawn += bytes;
  return text;
}

/**
 * W3C trace context of the work that a request starts: the caller's trace with a new parent id, or a new trace
 * when the caller sent none or a malformed one (tracing never costs a request).
 */
export function continueTrace(incoming: string | readonly string[] | undefined): string {
  const match = typeof incoming === 'string' ? TRACEPARENT.exec(incoming) : null;
  if (match === null || match[1] === NO_TRACE) return `00-${randomHex(16)}-${randomHex(8)}-01`;
  return `00-${match[1]}-${randomHex(8)}-${match[2]}`;
}

/** An id of its own for a request, in the form of a trace id. */
export const newRequestId = (): string => randomHex(16);

/** The trace id inside a traceparent: what log lines carry. */
export function traceIdOf(traceparent: string | readonly string[] | undefined): string | undefined {
  return (typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined) ?? undefined;
}
