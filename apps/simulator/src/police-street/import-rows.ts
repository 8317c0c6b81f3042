import { GaveUp } from '#client';
import { isReference } from '#contracts';
import { contentHash } from '#kernel';
import type { SubmissionBody } from '../attach/force-system.ts';
import { Accounting, type Outcome } from './accounting.ts';
import { crimeReportOf } from './crime-report.ts';
import { cellsOf, type NumberedLine } from './csv-lines.ts';
import { readHeaderLine, type StreetRow } from './street-row.ts';

/** Receives the crimes: intake in a run, a list in a test. Throws GaveUp if there is no definite answer. */
export type CrimeReceiver = (
  force: string,
  submission: SubmissionBody,
  idempotencyKey: string,
) => Promise<Outcome>;

export interface ImportFile {
  /** The file's own name, which the origin of each row contains. */
  readonly name: string;
  readonly lines: AsyncIterable<NumberedLine> | Iterable<NumberedLine>;
}

export interface ImportOptions {
  /** Slugs by the name in the column "Reported by". */
  readonly forces: ReadonlyMap<string, string>;
  readonly receive: CrimeReceiver;
  readonly concurrency: number;
  /** Reports one sentence for each row that a person should check. */
  readonly note: (sentence: string) => void;
  readonly signal?: AbortSignal;
}

interface Seen {
  readonly force: string;
  readonly origin: string;
  readonly content: string;
  /**
   * The last unfinished row with this id and force. The next row waits for it, so that the first line is the
   * one kept.
   */
  pending?: Promise<void>;
}

const UNKNOWN = 'unknown';
/** The only category of the publication that is not a crime (data.police.uk, street-level files). */
const NO_CRIME = 'Anti-social behaviour';

/** Reads the files in order and sends each crime as its reporting force. Every row ends in one outcome. */
export class StreetImport {
  readonly accounting = new Accounting();
  private readonly seen = new Map<string, Seen[]>();
  private readonly underway = new Set<Promise<void>>();
  private freed: (() => void) | undefined;
  private failure: Error | undefined;

  constructor(private readonly options: ImportOptions) {}

  /**
   * Resolves when every row has an outcome. Rejects with GaveUp or the error of a submission, after running
   * ones ended.
   */
  async run(files: Iterable<ImportFile>): Promise<void> {
    for (const file of files) await this.file(file);
    await Promise.all(this.underway);
    if (this.failure) throw this.failure;
  }

  private async file({ name, lines }: ImportFile): Promise<void> {
    let rowOf: ((cells: readonly string[]) => StreetRow) | undefined;
    let columns = 0;
    for await (const { number, text } of lines) {
      if (this.failure || this.options.signal?.aborted) return;
      if (!rowOf) {
        ({ rowOf, columns } = headerOf(name, { number, text }));
        continue;
      }
      if (text === '') continue;
      const origin = `${name}:${number}`;
      let row: StreetRow;
      try {
        row = rowOf(cellsOf(text, columns));
      } catch (error) {
        this.accounting.row(UNKNOWN);
        this.settle(UNKNOWN, origin, { kind: 'refused', why: `malformed line: ${(error as Error).message}` });
        continue;
      }
      await this.row(row, origin);
    }
  }

  private async row(row: StreetRow, origin: string): Promise<void> {
    const force = this.options.forces.get(row['Reported by']);
    this.accounting.row(force ?? UNKNOWN);
    if (row['Crime ID'] === '') {
      // Anti-social behaviour is published without an id, because it is an incident and not a crime. Any
      // other row lost its id.
      const kind = row['Crime type'] === NO_CRIME ? 'notCrimes' : 'withoutId';
      return this.settle(force ?? UNKNOWN, origin, { kind });
    }
    if (!force)
      return this.settle(UNKNOWN, origin, {
        kind: 'refused',
        why: `"${row['Reported by']}" is no force served here`,
      });
    if (!isReference(row['Crime ID'])) {
      return this.settle(force, origin, {
        kind: 'refused',
        why: 'the crime id cannot be a reference: 1 to 80 printable characters',
      });
    }
    let payload: Record<string, unknown>;
    try {
      payload = crimeReportOf(row);
    } catch (error) {
      return this.settle(force, origin, { kind: 'refused', why: (error as Error).message });
    }
    if (this.underway.size >= this.options.concurrency)
      await new Promise<void>((resolve) => (this.freed = resolve));
    const work = this.submit(row['Crime ID'], payload, force, origin).finally(() => {
      this.underway.delete(work);
      this.freed?.();
    });
    this.underway.add(work);
  }

  private submit(
    reference: string,
    payload: Record<string, unknown>,
    force: string,
    origin: string,
  ): Promise<void> {
    const submission: SubmissionBody = { type: 'crime-report', reference, payload };
    const content = contentHash(submission).slice(0, 32);
    const earlier = this.seen.get(reference) ?? [];
    const own = earlier.find((seen) => seen.force === force);
    const other = earlier.find((seen) => seen.force !== force);
    if (other && !own) {
      // References are unique per force, so both records are kept, and a person must decide which force owns
      // the crime.
      this.options.note(
        `${origin}: ${reference} is reported by ${force}, and by ${other.force} at ${other.origin}; each force has its record`,
      );
    }
    const seen: Seen = own ?? { force, origin, content };
    if (!own) this.seen.set(reference, [...earlier, seen]);
    const before = seen.pending;
    const work = (async () => {
      await before;
      try {
        const outcome = await this.options.receive(
          force,
          { ...submission, origin },
          `${reference.slice(0, 80)}.${content}`,
        );
        const firstKnown = own && own.content !== content ? own.origin : undefined;
        this.settle(
          force,
          origin,
          outcome.kind === 'conflict' && !outcome.with
            ? { kind: 'conflict', with: firstKnown ?? 'an earlier submission' }
            : outcome,
        );
      } catch (error) {
        this.failure ??=
          error instanceof GaveUp ? new GaveUp(`${origin}: ${error.message}`) : (error as Error);
      }
    })();
    seen.pending = work;
    return work.finally(() => {
      if (seen.pending === work) delete seen.pending;
    });
  }

  private settle(force: string, origin: string, outcome: Outcome): void {
    this.accounting.settle(force, outcome.kind);
    if (outcome.kind === 'conflict')
      this.options.note(`${origin}: other content under the id of ${outcome.with}; kept as a conflict`);
    if (outcome.kind === 'withoutId')
      this.options.note(`${origin}: a crime without a crime id; it was not sent`);
    if (outcome.kind === 'refused') this.options.note(`${origin}: refused, ${outcome.why}`);
  }
}

function headerOf(file: string, line: NumberedLine): ReturnType<typeof readHeaderLine> {
  try {
    return readHeaderLine(line);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
