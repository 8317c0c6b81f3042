import { setTimeout as pause } from 'node:timers/promises';
import { backOffMs, type BackOff } from '#kernel';

export interface RetryLimits {
  /** How long a call may take without a definite answer, in milliseconds. */
  readonly giveUpAfterMs: number;
  readonly signal?: AbortSignal;
  /** Called for every attempt that must be repeated, for a progress line. */
  readonly onRetry?: (why: string, waitMs: number) => void;
}

/** The result of one attempt. `error` is the parsed body of an answer that is not 2xx. */
export interface Answer {
  readonly response: Response;
  readonly error?: unknown;
}

export interface Settled<Given extends Answer> {
  readonly answer: Given;
  /** True when an earlier attempt may have had its effect although its answer was lost. */
  readonly uncertainBefore: boolean;
}

/** The waits vary widely, because after an outage all clients of a force come back at the same moment. */
const RETRY: BackOff = { firstMs: 50, maxMs: 5_000, scatter: 0.5 };

/** The connection was refused, lost or silent, so it is not known whether the other side acted. */
export class ConnectionLost extends Error {}

/** The receiver gave no definite answer within the limit. */
export class GaveUp extends Error {}

/**
 * Repeats a call that is safe to repeat until its answer is definite. It repeats after a lost connection,
 * 429, 502, 503, 504 and every problem of kind "system". It waits for the time in Retry-After, or for growing
 * random times. Throws `GaveUp` when the next wait would exceed the limit.
 */
export async function untilDefinite<Given extends Answer>(
  call: () => Promise<Given>,
  limits: RetryLimits,
): Promise<Settled<Given>> {
  const deadline = Date.now() + limits.giveUpAfterMs;
  let uncertainBefore = false;
  for (let attempt = 0; ; attempt += 1) {
    let why: string;
    let wait = backOffMs(attempt, RETRY);
    try {
      const answer = await call();
      const { response, error } = answer;
      if (!isPassing(answer)) return { answer, uncertainBefore };
      why = `${response.status} ${memberOf(error, 'code') ?? ''}`.trim();
      // A 500, or a 502 or 504 of a gateway, may come after the effect.
      if (response.status !== 429 && response.status !== 503) uncertainBefore = true;
      wait = Math.max(wait, retryAfterMs(response.headers.get('retry-after')));
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      uncertainBefore = true;
      why = error.message;
    }
    if (Date.now() + wait > deadline) throw new GaveUp(why);
    limits.onRetry?.(why, wait);
    await pause(wait, undefined, { signal: limits.signal });
  }
}

function isPassing({ response, error }: Answer): boolean {
  return (
    [429, 502, 503, 504].includes(response.status) || (!response.ok && memberOf(error, 'kind') === 'system')
  );
}

function memberOf(error: unknown, name: string): string | undefined {
  const member: unknown =
    typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
  return typeof member === 'string' ? member : undefined;
}

/**
 * Returns the milliseconds of a Retry-After header, in seconds or as an HTTP date (RFC 9110, 10.2.3); 0 when
 * it is absent or unreadable, and at most a minute.
 */
export function retryAfterMs(header: string | null, now = Date.now()): number {
  if (header === null) return 0;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 60_000) : 0;
}
