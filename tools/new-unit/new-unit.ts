import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { unitFiles, type NewUnit } from './new-unit.template.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const USAGE =
  'npm run new-unit -- <slug> <PREFIX> "<Title>" <functionId>, such as: npm run new-unit -- custody CUS "Custody" F10';

interface CatalogueFunction {
  readonly id: string;
  readonly unit?: string;
}

/** Reads and checks the command line; throws with the usage. */
export function readArguments([slug, prefix, title, functionId, ...rest]: readonly string[]): NewUnit {
  if (!slug || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(slug))
    throw new Error(`The slug must be kebab-case.\n${USAGE}`);
  if (!prefix || !/^[A-Z]{3}$/.test(prefix)) throw new Error(`The prefix must be three capitals.\n${USAGE}`);
  if (!title || title.trim() === '') throw new Error(`Give the title.\n${USAGE}`);
  if (functionId && /^N\d$/.test(functionId))
    throw new Error(`${functionId} is never shared: each force keeps it.`);
  if (!functionId || !/^F\d{1,2}$/.test(functionId) || rest.length > 0)
    throw new Error(`Give the function, F1 to F21.\n${USAGE}`);
  return { slug, prefix, title: title.trim(), functionId };
}

/** Writes the unit's files below `apps`; throws when the folder is there already. Returns their paths below it. */
export function writeUnit(unit: NewUnit, apps: string): string[] {
  if (existsSync(join(apps, unit.slug))) throw new Error(`apps/${unit.slug} is there already.`);
  const files = unitFiles(unit);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(apps, path)), { recursive: true });
    writeFileSync(join(apps, path), content);
  }
  return Object.keys(files);
}

/** The catalogue with the unit on its function's line, all else as it was. Throws when the function is unknown or taken. */
export function withUnit(catalogue: string, { slug, functionId }: NewUnit): string {
  const { functions } = JSON.parse(catalogue) as { functions: readonly CatalogueFunction[] };
  const found = functions.find(({ id }) => id === functionId);
  if (!found) throw new Error(`The catalogue has no function ${functionId}.`);
  if (found.unit !== undefined) throw new Error(`${functionId} is worked by the unit ${found.unit} already.`);
  const start = catalogue.search(new RegExp(`"id":\\s*"${functionId}"`));
  const end = closingBrace(catalogue, start);
  const spread = catalogue.slice(start, end).includes('\n');
  const body = catalogue.slice(0, end).trimEnd();
  return `${body},${spread ? '\n      ' : ' '}"unit": "${slug}"${spread ? '\n    ' : ' '}${catalogue.slice(end)}`;
}

/** Where the object that `from` lies in ends; braces in texts do not count. */
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
        `put the unit on ${unit.functionId} in deploy/catalogue.json`,
      ].join('\n'),
    );
    console.log('Next: npm run generate, then docs/how-to/add-a-unit.md.');
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
