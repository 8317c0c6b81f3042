import { parse } from 'csv-parse/sync';
import { hash } from 'node:crypto';
import { INTAKE_BOUNDS } from '#contracts';
import type { BodyLine } from './body-lines.ts';

/** One record of RFC 4180, or the reason why no record begins on its line. */
export interface CsvRecord {
  readonly number: number;
  readonly hash: string;
  readonly cells: readonly string[];
  readonly fault: string | null;
}

/** A quoted cell may contain line breaks. If it is longer than this, its quote was never closed. */
const LINES_OF_A_RECORD_MAX = 200;
const QUOTE = 0x22;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Joins lines into records. A quote that is never closed costs only its own line: the next record is looked
 * for on the next line.
 */
export class CsvRecords {
  private waiting: readonly BodyLine[] = [];

  push(lines: readonly BodyLine[], ended = false): CsvRecord[] {
    // Wait for a new line. Otherwise an open record would be searched again for every byte that arrives.
    if (lines.length === 0 && !ended) return [];
    this.waiting = this.waiting.concat(lines);
    const records: CsvRecord[] = [];
    let at = 0;
    while (at < this.waiting.length) {
      if ((this.waiting[at] as BodyLine).bytes.length === 0) {
        at += 1;
        continue;
      }
      const lengthOrFault = this.recordAt(at, ended);
      if (lengthOrFault === undefined) break;
      const found = read(
        this.waiting.slice(at, at + (typeof lengthOrFault === 'number' ? lengthOrFault : 1)),
        lengthOrFault,
      );
      records.push(found.record);
      at += found.lines;
    }
    this.waiting = this.waiting.slice(at);
    return records;
  }

  /**
   * Returns the number of lines of the record that begins there, or its fault; undefined if more lines are
   * needed.
   */
  private recordAt(at: number, ended: boolean): number | string | undefined {
    let quotes = 0;
    let bytes = 0;
    for (let lines = 1; ; lines += 1) {
      const line = this.waiting[at + lines - 1];
      if (line === undefined) return ended ? UNCLOSED : undefined;
      bytes += line.bytes.length + 1;
      if (lines === 1 && line.tooLong) return `the line has more than ${INTAKE_BOUNDS.bytesMax} bytes`;
      if (lines > LINES_OF_A_RECORD_MAX || bytes > INTAKE_BOUNDS.bytesMax + 1) return UNCLOSED;
      quotes += quotesIn(line.bytes);
      if (quotes % 2 === 0) return lines;
    }
  }
}

const UNCLOSED = 'a quote is not closed';

function read(
  lines: readonly BodyLine[],
  lengthOrFault: number | string,
): { readonly record: CsvRecord; readonly lines: number } {
  const first = lines[0] as BodyLine;
  const malformed = (fault: string): { record: CsvRecord; lines: number } => ({
    record: { number: first.number, hash: hash('sha256', first.bytes), cells: [], fault },
    lines: 1,
  });
  if (typeof lengthOrFault === 'string') return malformed(lengthOrFault);
  const bytes =
    lines.length === 1
      ? first.bytes
      : Buffer.concat(lines.flatMap((line) => [line.bytes, Buffer.from('\n')]).slice(0, -1));
  try {
    const record = { number: first.number, hash: hash('sha256', bytes), cells: cellsOf(bytes), fault: null };
    return { record, lines: lines.length };
  } catch (error) {
    // The parser's own message may quote the text, which may be personal.
    if (error instanceof TypeError) return malformed('it is not valid UTF-8');
    const otherwise = /^"[^",]*"([;\t])/.exec(bytes.toString('latin1', 0, 1_000))?.[1];
    if (otherwise === undefined) return malformed('its quotes do not follow RFC 4180');
    return malformed(`its cells are separated by ${otherwise === ';' ? 'semicolons' : 'tabs'}; use commas`);
  }
}

function cellsOf(bytes: Buffer): readonly string[] {
  const text = utf8.decode(bytes);
  if (!text.includes('"')) return text.split(',');
  const records = parse(text, { relax_column_count: true });
  if (records.length !== 1) throw new Error('not one record');
  return records[0] as string[];
}

function quotesIn(bytes: Buffer): number {
  let quotes = 0;
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) quotes += 1;
  return quotes;
}
