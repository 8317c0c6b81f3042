/** Milliseconds of the machine's monotonic clock. It is the same in every process and never goes back. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
