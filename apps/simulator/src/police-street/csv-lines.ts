import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** A physical line of a file, 1 being the header, as an editor counts them. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

const LINE_CHARACTERS_MAX = 16 * 1024;

/** The lines of a UTF-8 file, one at a time: memory does not grow with the file. Empty last line left out, BOM removed. */
export async function* linesOf(path: string): AsyncGenerator<NumberedLine> {
  let rest = '';
  let number = 0;
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 }) as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield numbered(line, (number += 1));
    // A file without line ends must not fill the memory: what is beyond the bound is malformed anyway.
    if (rest.length > LINE_CHARACTERS_MAX) rest = rest.slice(0, LINE_CHARACTERS_MAX + 1);
  }
  if (rest !== '') yield numbered(rest, number + 1);
}

function numbered(line: string, number: number): NumberedLine {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  return { number, text: number === 1 && text.startsWith('\ufeff') ? text.slice(1) : text };
}

/**
 * The cells of one line. Each line is parsed by itself, because this publication never breaks a record over lines: so an
 * unclosed quote costs its own line, and not the rest of the file. Throws a sentence when the line is malformed.
 */
export function cellsOf(line: string, columns: number): string[] {
  if (line.length > LINE_CHARACTERS_MAX) throw new Error(`longer than ${LINE_CHARACTERS_MAX} characters`);
  let cells: string[] | undefined;
  if (line.includes('"')) {
    try {
      cells = parse(line, { relax_column_count: true })[0];
    } catch (error) {
      throw new Error(`not CSV: ${(error as Error).message.split(' at line')[0]}`);
    }
  } else {
    cells = line.split(',');
  }
  if (cells?.length !== columns) throw new Error(`${cells?.length ?? 0} columns where the header has ${columns}`);
  return cells;
}
