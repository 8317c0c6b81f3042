import type { Accounting } from './accounting.ts';

const BAR_CHARACTERS = 28;

/**
 * Shows the progress of the import: one line that is rewritten on a terminal, a new line every five seconds
 * elsewhere. Notes are printed between, and never overwrite it.
 */
export class Progress {
  private readonly terminal: boolean;
  private timer: NodeJS.Timeout | undefined;
  private waiting = '';
  private accounting: Pick<Accounting, 'settled'> = { settled: 0 };

  constructor(
    private readonly rowsExpected: number,
    private readonly out: NodeJS.WriteStream = process.stderr,
  ) {
    this.terminal = Boolean(out.isTTY);
  }

  begin(accounting: Pick<Accounting, 'settled'>): void {
    this.accounting = accounting;
    this.timer = setInterval(() => this.draw(), this.terminal ? 100 : 5_000);
  }

  note(sentence: string): void {
    if (this.terminal) this.out.write('\r\x1b[K');
    this.out.write(`${sentence}\n`);
  }

  /** Shows why nothing moves, until something does. */
  wait(why: string): void {
    this.waiting = why;
  }

  end(): void {
    clearInterval(this.timer);
    this.draw();
    if (this.terminal) this.out.write('\n');
  }

  private settledBefore = 0;
  private readonly startedAt = performance.now();

  private draw(): void {
    const { settled } = this.accounting;
    if (settled > this.settledBefore) this.waiting = '';
    this.settledBefore = settled;
    const share = this.rowsExpected > 0 ? Math.min(1, settled / this.rowsExpected) : 1;
    const perSecond = Math.round(settled / Math.max(0.001, (performance.now() - this.startedAt) / 1000));
    const count = `${settled.toLocaleString('en-GB')} of ${this.rowsExpected.toLocaleString('en-GB')} rows, ${perSecond.toLocaleString('en-GB')}/s`;
    const why = this.waiting ? `, waiting: ${this.waiting}` : '';
    if (!this.terminal) return void this.out.write(`${count}${why}\n`);
    const full = Math.round(share * BAR_CHARACTERS);
    this.out.write(
      `\r\x1b[K[${'='.repeat(full)}${' '.repeat(BAR_CHARACTERS - full)}] ${String(Math.floor(share * 100)).padStart(3)} %  ${count}${why}`,
    );
  }
}

/** Summarises the whole import for a person. */
export function summary(report: ReturnType<Accounting['report']>): string {
  const number = (value: number): string => value.toLocaleString('en-GB').padStart(9);
  const lines = [
    `${number(report.rows)} rows in ${report.seconds.toFixed(1)} s, ${Math.round(report.rows / Math.max(report.seconds, 0.001)).toLocaleString('en-GB')} a second`,
    `${number(report.accepted)} accepted as crime reports`,
    `${number(report.duplicate)} duplicates: stored before with the same content`,
    `${number(report.conflict)} conflicts: the id is already used for different content; intake keeps the row as a refusal`,
    `${number(report.notCrimes)} not crimes: anti-social behaviour, which is published without a crime id`,
    `${number(report.withoutId)} crimes without a crime id, each listed above and not sent`,
    `${number(report.refused)} refused, each listed above`,
    ...(report.unaccounted
      ? [
          `${number(report.unaccounted)} WITHOUT AN ANSWER: run the same command again, nothing is added twice`,
        ]
      : []),
    ...Object.entries(report.byForce).map(
      ([force, parts]) =>
        `  ${force}: ${parts.rows} rows = ${parts.accepted} accepted + ${parts.duplicate} duplicate + ${parts.conflict} conflict + ${parts.notCrimes} not crimes + ${parts.withoutId} without id + ${parts.refused} refused`,
    ),
  ];
  return lines.join('\n');
}
