/**
 * Makes src/offence-codes.json from the published table of Home Office class and subclass codes:
 *   node apps/crime-recording/derive-offence-codes.ts <ho-offence-codes.csv>
 * The file keeps each code with one description, and names its source.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

interface Row {
  readonly ho_code: string;
  readonly class_description: string;
  readonly subclass_description: string;
}

/** Some descriptions quote a whole section of an Act; a list to choose from needs the beginning only. */
const DESCRIPTION_MAX = 160;

const [path] = process.argv.slice(2);
if (!path) {
  process.stderr.write(
    'Give the path of the CSV file: node apps/crime-recording/derive-offence-codes.ts <ho-offence-codes.csv>\n',
  );
  process.exit(2);
}

const rows: Row[] = parse(readFileSync(path), { columns: true, bom: true });
const codes: Record<string, string> = {};
for (const row of rows) {
  if (!/^\d{3}\/\d{2}$/.test(row.ho_code)) throw new Error(`${row.ho_code} is not a class/subclass code`);
  if (codes[row.ho_code] !== undefined) throw new Error(`The code ${row.ho_code} is in the file twice`);
  const text = (row.subclass_description || row.class_description).replace(/\s+/g, ' ').trim();
  codes[row.ho_code] =
    text.length > DESCRIPTION_MAX ? `${text.slice(0, DESCRIPTION_MAX - 1).trimEnd()}…` : text;
}

const file = {
  source: 'Ministry of Justice: Home Office offence class and subclass codes',
  licence: 'MIT licence, Crown copyright',
  derivedBy: 'apps/crime-recording/derive-offence-codes.ts',
  codes: Object.fromEntries(Object.entries(codes).sort(([a], [b]) => (a < b ? -1 : 1))),
};
writeFileSync(new URL('./src/offence-codes.json', import.meta.url), `${JSON.stringify(file, null, 2)}\n`);
process.stdout.write(`${Object.keys(codes).length} codes\n`);
