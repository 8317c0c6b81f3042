import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../deploy/local/deployment.ts';

/** How one row went: what the journal found wrong, each as a sentence, and how long until both doors took work again. */
export interface Outcome {
  readonly row: number;
  readonly seed: number;
  readonly submitted: number;
  readonly ok: number;
  readonly resent: number;
  readonly found: Readonly<
    Record<'lost' | 'unexpected' | 'duplicate' | 'outOfOrder' | 'leaked' | 'uncounted', readonly string[]>
  >;
  readonly seconds: number;
  readonly seen: string;
  /** Why the fault could not be given, or was not borne as promised. */
  readonly broke?: string | undefined;
}

/** What this machine lacked to run a row. */
export interface Skipped {
  readonly row: number;
  readonly skipped: string;
}

/** A promise was broken on purpose; whether a row noticed, and what it said. */
export interface MutantOutcome {
  readonly foundOut: boolean;
  readonly seen: string;
}

/** The newest outcome of each row and of each mutant: docs/reference/faults.json, from which the page is made. */
export interface Outcomes {
  readonly rows: Readonly<Record<string, Outcome | Skipped>>;
  readonly mutants: Readonly<Record<string, MutantOutcome>>;
}

export const OUTCOMES_FILE = join(ROOT, 'docs/reference/faults.json');

export const keptOutcomes = (): Outcomes => JSON.parse(readFileSync(OUTCOMES_FILE, 'utf8')) as Outcomes;

/** One line for each, so that two runs of different rows change different lines. */
export function keepOutcomes(newer: Partial<Outcomes>): void {
  const kept = keptOutcomes();
  const lines = (outcomes: object): string =>
    Object.entries(outcomes)
      .map(([name, outcome]) => `    ${JSON.stringify(name)}: ${JSON.stringify(outcome)}`)
      .join(',\n');
  const block = (outcomes: object): string => `{\n${lines(outcomes)}\n  }`;
  const rows = block({ ...kept.rows, ...newer.rows });
  const mutants = block({ ...kept.mutants, ...newer.mutants });
  writeFileSync(OUTCOMES_FILE, `{\n  "rows": ${rows},\n  "mutants": ${mutants}\n}\n`);
}

export function isGreen({ found, broke, ok, submitted }: Outcome): boolean {
  return (
    broke === undefined &&
    ok === submitted &&
    Object.values(found).every((sentences) => sentences.length === 0)
  );
}

export function brief(outcome: Outcome): string {
  const { found, submitted, ok, resent, seconds, seen, broke } = outcome;
  const counts = Object.entries(found).map(([what, { length }]) => `${what} ${length}`);
  const remark = broke ?? seen;
  const [first] = Object.values(found).flat();
  return [
    `${submitted} submitted, ${ok} answered once, ${counts.join(', ')}, ${resent} sent again, recovered in ${seconds.toFixed(1)} s`,
    ...(remark === '' ? [] : [remark]),
    ...(first === undefined ? [] : [`first: ${first}`]),
  ].join('; ');
}
