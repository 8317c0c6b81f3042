import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../deploy/local/deployment.ts';

/**
 * The outcome of one row: its findings as sentences, and the seconds until the system took requests again.
 */
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
  /** The reason why the fault could not be caused, or the promise that the system broke during the fault. */
  readonly broke?: string | undefined;
}

/** A row that was not run, with the requirement that the machine did not meet. */
export interface SkippedRow {
  readonly row: number;
  readonly skipped: string;
}

/** The result of a mutant: `foundOut` tells whether the row detected it, `seen` is the row's summary. */
export interface MutantOutcome {
  readonly foundOut: boolean;
  readonly seen: string;
}

/** The newest outcome of each row and mutant, as docs/reference/faults.json holds them. */
export interface Outcomes {
  readonly rows: Readonly<Record<string, Outcome | SkippedRow>>;
  readonly mutants: Readonly<Record<string, MutantOutcome>>;
}

export const OUTCOMES_FILE = join(ROOT, 'docs/reference/faults.json');

export const readOutcomes = (): Outcomes => JSON.parse(readFileSync(OUTCOMES_FILE, 'utf8')) as Outcomes;

/** Writes one line per row and mutant, so that runs of different rows change different lines of the file. */
export function saveOutcomes(newer: Partial<Outcomes>): void {
  const kept = readOutcomes();
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

export function summarise(outcome: Outcome): string {
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
