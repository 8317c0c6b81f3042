import { TRACEPARENT } from '#contracts';
import { randomFillSync } from 'node:crypto';

const NO_TRACE = '0'.repeat(32);

/** Random bytes are drawn in blocks, because a system call for every request would be measurable. */
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
 * Returns the W3C trace context of the work that a request starts: the caller's trace with a new parent id. A
 * missing or malformed trace is replaced by a new one, because tracing must never make a request fail.
 */
export function continueTrace(incoming: string | readonly string[] | undefined): string {
  const match = typeof incoming === 'string' ? TRACEPARENT.exec(incoming) : null;
  if (match === null || match[1] === NO_TRACE) return `00-${randomHex(16)}-${randomHex(8)}-01`;
  return `00-${match[1]}-${randomHex(8)}-${match[2]}`;
}

/** Makes a new id for a request, in the form of a trace id. */
export const newRequestId = (): string => randomHex(16);

/** Returns the trace id inside a traceparent, which log lines carry. */
export function traceIdOf(traceparent: string | readonly string[] | undefined): string | undefined {
  return (typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined) ?? undefined;
}
