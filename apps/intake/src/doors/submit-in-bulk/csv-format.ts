import { problemDetails, Refusal, type ProblemDetails } from '#contracts';
import { isVisible, type Force } from '#kernel';
import type { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';
import type { BodyLine, BulkFormat, BulkLine } from './body-lines.ts';
import { locatedInColumns, readHeader, submissionOf, type Column } from './csv-columns.ts';
import { CsvRecords, type CsvRecord } from './csv-records.ts';

/** CSV with a header: one submission per record, with the value types of the schema of its type. */
export class CsvFormat implements BulkFormat {
  private readonly records = new CsvRecords();
  private columns: readonly Column[] | undefined;

  /** `type` is the type of every record, or null if a column names it. */
  constructor(
    private readonly types: RequestTypeDirectory,
    private readonly force: Force,
    private readonly type: string | null,
  ) {}

  push(lines: readonly BodyLine[], ended = false): BulkLine[] {
    return this.records.push(lines, ended).flatMap((record) => {
      if (isEmpty(record)) return [];
      if (this.columns) return [this.read(record, this.columns)];
      if (record.fault !== null)
        throw new Refusal('invalid-request', `The header cannot be read: ${record.fault}.`);
      const fields = this.type === null ? {} : (this.schemaOf(this.type, undefined)?.['properties'] ?? {});
      this.columns = readHeader(record.cells, this.type !== null, Object.keys(fields));
      return [];
    });
  }

  end(): BulkLine[] {
    return this.push([], true);
  }

  private read({ number, hash, cells, fault }: CsvRecord, columns: readonly Column[]): BulkLine {
    const line = { number, hash, located: (problem: ProblemDetails) => locatedInColumns(problem, columns) };
    const unreadable = (why: string): BulkLine => ({
      ...line,
      body: undefined,
      problem: problemDetails('invalid-request', `Line ${number} cannot be read: ${why}.`),
    });
    if (fault !== null) return unreadable(fault);
    if (cells.length !== columns.length)
      return unreadable(`it has ${cells.length} columns, but the header has ${columns.length}`);
    if (cells.some((cell) => cell.includes('\0'))) return unreadable('it contains NUL');
    return {
      ...line,
      body: submissionOf(cells, columns, this.type, (type, version) => this.schemaOf(type, version)),
      problem: null,
    };
  }

  /** Returns the schema of a type; undefined for an unknown type, whose submission is refused later. */
  private schemaOf(type: unknown, version: unknown) {
    try {
      const named = typeof version === 'number' ? version : undefined;
      return this.types.route(this.force, String(type), named).type.check.schema;
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }
}

/** An empty row, which spreadsheets write as commas only. */
function isEmpty({ fault, cells }: CsvRecord): boolean {
  return fault === null && cells.every((cell) => !isVisible(cell));
}
