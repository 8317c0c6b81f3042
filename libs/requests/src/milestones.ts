import type { MetBy } from './clock-definition.ts';
import type { ClockState } from './clock-state.ts';

/** The milestones that meet these clocks, each once, in their order. */
export function milestonesOf(clocks: readonly { readonly metBy: MetBy }[]): string[] {
  return [...new Set(clocks.flatMap(({ metBy }) => (typeof metBy === 'object' ? metBy.milestone : [])))];
}

/** The state of a milestone in a request; `none` if none of the request's clocks waits for it. */
export function milestoneState(
  clocks: readonly ClockState[],
  milestone: string,
): 'open' | 'reached' | 'none' {
  const waiting = clocks.filter(({ metBy }) => typeof metBy === 'object' && metBy.milestone === milestone);
  if (waiting.length === 0) return 'none';
  return waiting.some(({ metAt }) => metAt === null) ? 'open' : 'reached';
}
