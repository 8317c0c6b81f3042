export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
  /** By which share chance makes a wait longer or shorter, 0 to 1, so that replicas do not retry in step; 0.1 when left out. */
  readonly scatter?: number;
}

/** Doubling beyond this exceeds every maximum in use. */
const DOUBLINGS_MAX = 20;

/** How long to wait after failed attempt number `attempt`, counted from 0: doubles from `firstMs` up to `maxMs`. */
export function backOffMs(attempt: number, { firstMs, maxMs, scatter = 0.1 }: BackOff): number {
  const plain = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, DOUBLINGS_MAX));
  return Math.round(plain * (1 - scatter + Math.random() * 2 * scatter));
}
