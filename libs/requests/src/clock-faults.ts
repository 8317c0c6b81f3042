import { CLOCK_NAME_PATTERN } from '#kernel';
import type { ClockDefinition } from './clock-definition.ts';
import { milestonesOf } from './milestones.ts';

const NAME = new RegExp(CLOCK_NAME_PATTERN);
/** Larger than any real time limit; it bounds the days that a count steps through. */
const AMOUNT_MAX = 10_000;

/** Lists the faults of a request type's clocks, as sentences. A type with a fault is refused at start-up. */
export function clockFaults(definitions: readonly ClockDefinition[]): string[] {
  const names = definitions.map(({ name }) => name);
  return [
    ...(definitions.length === 0 ? ['has no clock'] : []),
    // Without such a clock, a claimed request could have no due moment and would stay at the end of the
    // queue.
    ...(definitions.length > 0 && !definitions.some(({ metBy }) => metBy === 'answered')
      ? ['has no clock that runs until the answer']
      : []),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `has two clocks named ${name}`),
    ...names
      .filter((name) => !NAME.test(name))
      .map((name) => `has a clock whose name "${name}" is not kebab-case`),
    ...milestonesOf(definitions)
      .filter((milestone) => !NAME.test(milestone))
      .map((milestone) => `has a milestone whose name "${milestone}" is not kebab-case`),
    ...definitions
      .filter(
        ({ kind, amount }) =>
          typeof amount === 'number' &&
          !isAmount(amount, typeof kind === 'function' || kind.includes('hours')),
      )
      .map(
        ({ name, amount }) =>
          `has a clock ${name} with the amount ${String(amount)}, which its kind does not allow`,
      ),
  ];
}

function isAmount(amount: number, fractions: boolean): boolean {
  return amount > 0 && amount <= AMOUNT_MAX && (fractions || Number.isInteger(amount));
}
