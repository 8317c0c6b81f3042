import type { ClockDefinition } from '#requests';
import { priorityFigures } from './estates.figures.ts';

export const PRIORITIES = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7'] as const;

/** The priority whose figure is a calendar month; the others are elapsed hours, round the clock. */
const BY_THE_MONTH = 'P7';

const STAGES = [
  { stage: 'respond', title: 'Respond', metBy: 'claimed' },
  // The life of a request has no state for "made safe": the clock ends with the answer, which says when it was done.
  { stage: 'make-safe', title: 'Make safe', metBy: 'answered' },
  { stage: 'fix', title: 'Fix', metBy: 'answered' },
] as const;

const SOURCE = "a public estate's published priorities, taken as an example; no police standard was found";

/**
 * Three clocks run on every fault: one a stage. A clock has one kind, and P7 is counted in months, so each stage is
 * declared twice and exactly one of the two runs.
 */
export const FAULT_CLOCKS: readonly ClockDefinition[] = STAGES.flatMap(({ stage, title, metBy }): ClockDefinition[] => [
  {
    name: stage,
    title,
    kind: 'elapsed-hours',
    amount: ({ priority }) => (priority === BY_THE_MONTH ? null : amountOf(stage, priority)),
    pausable: stage === 'fix',
    metBy,
    source: SOURCE,
  },
  {
    name: `${stage}-in-months`,
    title,
    kind: 'calendar-months',
    amount: ({ priority }) => (priority === BY_THE_MONTH ? amountOf(stage, priority) : null),
    pausable: stage === 'fix',
    metBy,
    source: SOURCE,
  },
]);

function amountOf(stage: string, priority: unknown): number | null {
  return priorityFigures.on(`${stage}.${String(priority)}`)?.value ?? null;
}
