/** Milliseconds of the machine's own clock, the same in every process on it and never set back: unlike the time of day. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
