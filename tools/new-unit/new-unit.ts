import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { unitFiles, type NewUnit } from './new-unit.template.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const USAGE =
  'Usage: npm run new-unit -- <slug> <PREFIX> "<Title>" <functionId>\nExample: npm run new-unit -- custody CUS "Custody" F10';

interface CatalogueFunction {
  readonly id: string;
  readonly unit?: string;
}

/** Reads and checks the command line. Throws an error with the usage if it is wrong. */
export function readArguments([slug, prefix, title, functionId, ...rest]: readonly string[]): NewUnit {
  if (!slug || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(slug))
    throw new Error(`The slug must be kebab-case.\n${USAGE}`);
  if (!prefix || !/^[A-Z]{3}$/.test(prefix))
    throw new Error(`The prefix must be three capital letters.\n${USAGE}`);
  if (!title || title.trim() === '') throw new Error(`The title is missing.\n${USAGE}`);
  if (functionId && /^N\d$/.test(functionId))
    throw new Error(`${functionId} is never shared, because each force keeps it.`);
  if (!functionId || !/^F\d{1,2}$/.test(functionId) || rest.length > 0)
    throw new Error(`The function must be one of F1 to F21.\n${USAGE}`);
  return { slug, prefix, title: title.trim(), functionId };
}

/**
 * Writes the unit's files below `apps` and returns their paths there. Throws if the folder exists already.
 */
export function writeUnit(unit: NewUnit, apps: string): string[] {
  if (existsSync(join(apps, unit.slug))) throw new Error(`apps/${unit.slug} exists already.`);
  const files = unitFiles(unit);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(apps, path)), { recursive: true });
    writeFileSync(join(apps, path), content);
  }
  return Object.keys(files);
}

/**
 * Returns the catalogue with the unit entered at its function. Throws if the function is unknown or has a
 * unit already.
 */
export function withUnit(catalogue: string, { slug, functionId }: NewUnit): string {
  const { functions } = JSON.parse(catalogue) as { functions: readonly CatalogueFunction[] };
  const found = functions.find(({ id }) => id === functionId);
  if (!found) throw new Error(`The catalogue has no function ${functionId}.`);
  if (found.unit !== undefined) throw new Error(`${functionId} already belongs to the unit ${found.unit}.`);
  const start = catalogue.search(new RegExp(`"id":\\s*"${functionId}"`));
  const end = closingBrace(catalogue, start);
  const spread = catalogue.slice(start, end).includes('\n');
  const body = catalogue.slice(0, end).trimEnd();
  return `${body},${spread ? '\n      ' : ' '}"unit": "${slug}"${spread ? '\n    ' : ' '}${catalogue.slice(end)}`;
}

/** Finds the closing brace of the object around `from`. Braces in texts do not count. */
function closingBrace(text: string, from: number): number {
  let depth = 0;
  for (let index = from; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') {
      for (index += 1; text[index] !== '"'; index += 1) if (text[index] === '\\') index += 1;
    } else if (character === '{') depth += 1;
    else if (character === '}') {
      if (depth === 0) return index;
      depth -= 1;
    }
  }
  throw new Error('The catalogue is not well formed.');
}

if (process.argv[1] === import.meta.filename) {
  try {
    const unit = readArguments(process.argv.slice(2));
    const path = join(ROOT, 'deploy/catalogue.json');
    const catalogue = withUnit(readFileSync(path, 'utf8'), unit);
    const files = writeUnit(unit, join(ROOT, 'apps'));
    writeFileSync(path, catalogue);
    console.log(
      [
        ...files.map((file) => `wrote apps/${file}`),
        `entered the unit at ${unit.functionId} in deploy/catalogue.json`,
      ].join('\n'),
    );
    console.log('Next: run npm run generate, then follow docs/how-to/add-a-unit.md.');
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
