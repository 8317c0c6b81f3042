import { table } from '../../generators/markdown.ts';
import type { Fault } from './catalogue.ts';
import type { Mutant } from './mutants.ts';
import { isGreen, type Outcome } from './outcome.ts';

export interface MutantOutcome {
  readonly foundOut: boolean;
  readonly seen: string;
}

/** docs/reference/faults.md, from the newest outcome of each row. */
export function faultsPage(
  faults: readonly Fault[],
  outcomes: Readonly<Record<string, Outcome>>,
  mutants: readonly Mutant[],
  mutantOutcomes: Readonly<Record<string, MutantOutcome>>,
): string {
  return [
    '<!-- Written by `npm run faults`; do not edit. -->',
    '',
    '# Faults',
    '',
    'Each row ran on a system of its own PostgreSQL, Kafka and services: forces submit by both doors and staff answer in every unit while the fault happens.',
    'A journal outside the system holds what was sent and what was promised; at the end everything is read back by every way a force and a unit have.',
    'Doubled counts requests, effects and events; "recovered" is the time from the end of the fault until both doors had taken something new and every service was ready.',
    '',
    '`npm run faults` runs all, `npm run faults -- --row 7 --seed S` repeats one.',
    '',
    ...table(
      ['row', 'fault', 'how', 'survived', 'submitted', 'lost', 'doubled', 'out of order', 'leaked', 'recovered', 'seen', 'seed'],
      faults.map((fault) => line(fault, outcomes[fault.row])),
    ),
    '',
    '## Does it notice?',
    '',
    'A harness that is always green proves nothing. `npm run faults -- --mutate` damages a copy of the built system, and the row named must turn red.',
    '',
    ...table(
      ['damage', 'row', 'found out', 'what the row said'],
      mutants.map(({ name, row }) => {
        const outcome = mutantOutcomes[name];
        return [name, String(row), outcome ? (outcome.foundOut ? 'yes' : '**no**') : 'not run', outcome?.seen ?? ''];
      }),
    ),
    '',
  ].join('\n');
}

function line({ row, fault, how, skipped }: Fault, outcome: Outcome | undefined): string[] {
  const blank = (survived: string): string[] => [String(row), fault, how, survived, ...Array.from({ length: 8 }, () => '')];
  if (skipped) return blank(`skipped: ${skipped()}`);
  if (!outcome) return blank('not run');
  const { found, submitted, seconds, seen, broke, seed } = outcome;
  return [
    ...[String(row), fault, how, isGreen(outcome) ? 'yes' : '**no**', String(submitted), String(found.lost.length)],
    ...[String(found.duplicate.length), String(found.outOfOrder.length), String(found.leaked.length)],
    ...[`${seconds.toFixed(1)} s`, broke ?? seen, String(seed)],
  ];
}
