/** Grows from `firstMs` by doubling to `maxMs`, with a fifth of chance so that replicas do not retry in step. */
export function backOffMs(attempt: number, { firstMs, maxMs }: { firstMs: number; maxMs: number }): number {
  const plain = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 20));
  return Math.round(plain * (0.9 + Math.random() * 0.2));
}
