import type { ClockDefinition } from '#requests';
import { prioritySettings } from './estates.settings.ts';

export const PRIORITIES = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7'] as const;

/** The priority whose time limit is a calendar month; the others are elapsed hours, round the clock. */
const MONTHLY_PRIORITY = 'P7';

const STAGES = [
  // A response means that somebody is on site, as the answer's respondedAt does. A claim at a desk makes
  // nobody safer.
  { stage: 'respond', title: 'Respond', metBy: { milestone: 'attended' } },
  { stage: 'make-safe', title: 'Make safe', metBy: { milestone: 'made-safe' } },
  { stage: 'fix', title: 'Fix', metBy: 'answered' },
] as const;

interface PrioritisedFault {
  readonly priority: string;
}

const SOURCE = "a public estate's published priorities, taken as an example; no police standard was found";

/**
 * Three clocks run for every fault, one for each stage. A clock has one kind and P7 is counted in months, so
 * each stage is declared twice and exactly one of the two runs.
 */
export const FAULT_CLOCKS: readonly ClockDefinition<PrioritisedFault>[] = STAGES.flatMap(
  ({ stage, title, metBy }): ClockDefinition<PrioritisedFault>[] => [
    {
      name: stage,
      title,
      kind: 'elapsed-hours',
      amount: ({ priority }) => (priority === MONTHLY_PRIORITY ? null : amountOf(stage, priority)),
      pausable: stage === 'fix',
      metBy,
      source: SOURCE,
    },
    {
      name: `${stage}-in-months`,
      title,
      kind: 'calendar-months',
      amount: ({ priority }) => (priority === MONTHLY_PRIORITY ? amountOf(stage, priority) : null),
      pausable: stage === 'fix',
      metBy,
      source: SOURCE,
    },
  ],
);

function amountOf(stage: string, priority: string): number | null {
  return prioritySettings.on(`${stage}.${priority}`)?.value ?? null;
}
