import { cellsIn, type NumberedLine } from './csv-lines.ts';

/** The columns of a street-level file of data.police.uk, in its order (Open Government Licence v3.0). */
export const COLUMNS = [
  'Crime ID',
  'Month',
  'Reported by',
  'Falls within',
  'Longitude',
  'Latitude',
  'Location',
  'LSOA code',
  'LSOA name',
  'Crime type',
  'Last outcome category',
  'Context',
] as const;

export type StreetRow = Readonly<Record<(typeof COLUMNS)[number], string>>;

/**
 * Returns the reader of the lines below this header, and the number of columns. Throws a sentence that names
 * the line.
 */
export function readHeaderLine({ number, text }: NumberedLine): {
  rowOf: ReturnType<typeof readHeader>;
  columns: number;
} {
  try {
    const header = cellsIn(text);
    return { rowOf: readHeader(header), columns: header.length };
  } catch (error) {
    throw new Error(`line ${number}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Finds the place of each column in a file's header line. Throws a sentence if the file is of another kind.
 */
export function readHeader(cells: readonly string[]): (cells: readonly string[]) => StreetRow {
  const [only = ''] = cells;
  if (cells.length === 1 && /[;\t]/.test(only))
    throw new Error('its columns are separated by semicolons or tabs: save it as CSV with commas');
  const names = cells.map((cell) => cell.trim());
  const places = COLUMNS.map((name) => [name, names.indexOf(name)] as const);
  const missing = places.filter(([, place]) => place < 0).map(([name]) => name);
  if (missing.length > 0)
    throw new Error(`not a street-level file of data.police.uk: it has no column ${missing.join(', ')}`);
  return (row) =>
    Object.fromEntries(
      places.map(([name, place]) => [name, (row[place] ?? '').trim()]),
    ) as unknown as StreetRow;
}
