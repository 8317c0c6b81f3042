import { setTimeout as pause } from 'node:timers/promises';
import { ConnectionLost, type HttpAnswer } from './json-http.ts';

export interface RetryLimits {
  /** How long a call may go on without a definite answer. */
  readonly giveUpAfterMs: number;
  readonly signal?: AbortSignal;
  /** Told of every attempt that must be repeated, for a progress line. */
  readonly onRetry?: (why: string) => void;
}

export interface Settled {
  readonly answer: HttpAnswer;
  /** True when an earlier attempt may have taken effect without our hearing of it. */
  readonly uncertainBefore: boolean;
}

const FIRST_WAIT_MS = 50;
const WAIT_MS_MAX = 5_000;

/** The receiver never gave a definite answer within the limit. */
export class GaveUp extends Error {}

/**
 * Repeats a call that is safe to repeat until its answer is definite: connection loss, 429, 503 and every problem of
 * kind "system" are tried again, after the Retry-After that was given or with growing, scattered waits.
 */
export async function untilDefinite(call: () => Promise<HttpAnswer>, limits: RetryLimits): Promise<Settled> {
  const deadline = Date.now() + limits.giveUpAfterMs;
  let uncertainBefore = false;
  for (let attempt = 0; ; attempt += 1) {
    let why: string;
    let wait = Math.min(FIRST_WAIT_MS * 2 ** attempt, WAIT_MS_MAX) * (0.5 + Math.random());
    try {
      const answer = await call();
      if (!isPassing(answer)) return { answer, uncertainBefore };
      why = `${answer.status} ${problemOf(answer).code ?? ''}`.trim();
      // A 500 or a gateway's 502/504 may have been thrown after the effect.
      if (answer.status !== 429 && answer.status !== 503) uncertainBefore = true;
      wait = Math.max(wait, retryAfterMs(answer.headers['retry-after']));
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      uncertainBefore = true;
      why = error.message;
    }
    if (Date.now() + wait > deadline) throw new GaveUp(why);
    limits.onRetry?.(why);
    await pause(wait, undefined, { signal: limits.signal });
  }
}

/** Problem details of a refusal, as far as they could be read. */
export function problemOf(answer: HttpAnswer): Readonly<Record<string, unknown>> & { readonly code?: string; readonly detail?: string } {
  const { body } = answer;
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
}

function isPassing(answer: HttpAnswer): boolean {
  return [429, 502, 503, 504].includes(answer.status) || (answer.status >= 400 && problemOf(answer)['kind'] === 'system');
}

/** Retry-After in seconds or as an HTTP date (RFC 9110, 10.2.3); 0 when absent or unreadable. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number {
  if (header === undefined) return 0;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 60_000) : 0;
}
