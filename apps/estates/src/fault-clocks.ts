import type { ClockDefinition } from '#requests';
import { prioritySettings } from './estates.settings.ts';

export const PRIORITIES = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7'] as const;

/** The priority whose time limit is a calendar month; the others are elapsed hours, round the clock. */
const BY_THE_MONTH = 'P7';

const STAGES = [
  // To respond is to be there: a claim at a desk makes nobody safer, and the answer's respondedAt is a moment
  // on site too.
  { stage: 'respond', title: 'Respond', metBy: { milestone: 'attended' } },
  { stage: 'make-safe', title: 'Make safe', metBy: { milestone: 'made-safe' } },
  { stage: 'fix', title: 'Fix', metBy: 'answered' },
] as const;

interface Prioritised {
  readonly priority: string;
}

const SOURCE = "a public estate's published priorities, taken as an example; no police standard was found";

/**
 * Three clocks run on every fault: one a stage. A clock has one kind, and P7 is counted in months, so each
 * stage is declared twice and exactly one of the two runs.
 */
export const FAULT_CLOCKS: readonly ClockDefinition<Prioritised>[] = STAGES.flatMap(
  ({ stage, title, metBy }): ClockDefinition<Prioritised>[] => [
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
  ],
);

function amountOf(stage: string, priority: string): number | null {
  return prioritySettings.on(`${stage}.${priority}`)?.value ?? null;
}
