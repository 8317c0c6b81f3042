import { setTimeout as pause } from 'node:timers/promises';
import { backOffMs, type BackOff } from '#kernel';

export interface RetryLimits {
  /** How long a call may go on without a definite answer. */
  readonly giveUpAfterMs: number;
  readonly signal?: AbortSignal;
  /** Told of every attempt that must be repeated, for a progress line. */
  readonly onRetry?: (why: string, waitMs: number) => void;
}

/** What one attempt brought: `error` is the parsed body of an answer that is not 2xx. */
export interface Answer {
  readonly response: Response;
  readonly error?: unknown;
}

export interface Settled<Given extends Answer> {
  readonly answer: Given;
  /** True when an earlier attempt may have taken effect without our hearing of it. */
  readonly uncertainBefore: boolean;
}

/** Widely scattered: after an outage all clients of a force come back at the same moment. */
const RETRY: BackOff = { firstMs: 50, maxMs: 5_000, scatter: 0.5 };

/** The connection was refused, lost or silent: whether the other side acted is not known. */
export class ConnectionLost extends Error {}

/** The receiver never gave a definite answer within the limit. */
export class GaveUp extends Error {}

/**
 * Repeats a call that is safe to repeat until its answer is definite: connection loss, 429, 503 and every problem of
 * kind "system" are tried again, after the Retry-After that was given or with growing, scattered waits.
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
      // A 500 or a gateway's 502/504 may have been thrown after the effect.
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

/** Retry-After in seconds or as an HTTP date (RFC 9110, 10.2.3); 0 when absent or unreadable. */
export function retryAfterMs(header: string | null, now = Date.now()): number {
  if (header === null) return 0;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 60_000) : 0;
}
