import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { LINE_FEED } from '#kernel';

/**
 * A physical line of a file, counted from 1 (the header) like in an editor. `text` is null if its bytes are
 * not UTF-8.
 */
export interface NumberedLine {
  readonly number: number;
  readonly text: string | null;
}

const LINE_CHARACTERS_MAX = 16 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the lines of a UTF-8 file one at a time, so that memory does not grow with the file. An empty last
 * line and a byte order mark are left out. Each line is decoded separately: a wrong byte costs only its line,
 * and is never replaced.
 */
export async function* linesOf(path: string): AsyncGenerator<NumberedLine> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      yield numbered(bytes.subarray(start, end), (number += 1));
      start = end + 1;
    }
    // A file without line ends must not fill the memory; a line beyond the bound is malformed anyway.
    rest = bytes.subarray(start, start + 4 * LINE_CHARACTERS_MAX + 1);
  }
  if (rest.length > 0) yield numbered(rest, number + 1);
}

function numbered(bytes: Buffer, number: number): NumberedLine {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { number, text: null };
  }
  if (text.endsWith('\r')) text = text.slice(0, -1);
  return { number, text: number === 1 && text.startsWith('\ufeff') ? text.slice(1) : text };
}

/**
 * Parses the cells of one line. This publication never breaks a record over lines, so each line is parsed
 * separately and an unclosed quote costs only its line. Throws a sentence if the line is malformed.
 */
export function cellsOf(line: string | null, columns: number): string[] {
  const cells = cellsIn(line);
  if (cells.length !== columns) throw new Error(`${cells.length} columns where the header has ${columns}`);
  return cells;
}

/** Parses the header, which sets the number of cells. */
export function cellsIn(line: string | null): string[] {
  if (line === null) throw new Error('not valid UTF-8: save the file as UTF-8');
  if (line.length > LINE_CHARACTERS_MAX) throw new Error(`longer than ${LINE_CHARACTERS_MAX} characters`);
  if (!line.includes('"')) return line.split(',');
  try {
    return parse(line, { relax_column_count: true })[0] ?? [];
  } catch (error) {
    if (/^"[^",]*"[;\t]/.test(line))
      throw new Error('its columns are separated by semicolons or tabs: save it as CSV with commas');
    throw new Error(`not CSV: ${(error as Error).message.split(' at line')[0]}`);
  }
}
