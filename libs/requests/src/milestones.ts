import type { MetBy } from './clock-definition.ts';
import type { ClockState } from './clock-state.ts';

/** The milestones by which these clocks are met, each once, in their order. */
export function milestonesOf(clocks: readonly { readonly metBy: MetBy }[]): string[] {
  return [...new Set(clocks.flatMap(({ metBy }) => (typeof metBy === 'object' ? metBy.milestone : [])))];
}

/** Where a request stands with a milestone; `none` when none of its own clocks waits for it. */
export function milestoneState(
  clocks: readonly ClockState[],
  milestone: string,
): 'open' | 'reached' | 'none' {
  const waiting = clocks.filter(({ metBy }) => typeof metBy === 'object' && metBy.milestone === milestone);
  if (waiting.length === 0) return 'none';
  return waiting.some(({ metAt }) => metAt === null) ? 'open' : 'reached';
}
