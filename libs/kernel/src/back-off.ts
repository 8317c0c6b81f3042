export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
  /**
   * The share, 0 to 1, by which chance changes a wait, so that replicas do not retry in step; 0.1 by default.
   */
  readonly scatter?: number;
}

/** More doublings exceed every maximum in use. */
const DOUBLINGS_MAX = 20;

/**
 * Returns the wait after failed attempt `attempt`, counted from 0. It doubles from `firstMs` up to `maxMs`.
 */
export function backOffMs(attempt: number, { firstMs, maxMs, scatter = 0.1 }: BackOff): number {
  const plain = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, DOUBLINGS_MAX));
  return Math.round(plain * (1 - scatter + Math.random() * 2 * scatter));
}
