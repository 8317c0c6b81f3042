import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../../deploy/local/deployment.ts';

/** Folders that commands create and that no clone contains. */
const CREATED = ['node_modules', 'dist', 'coverage'];
const PAGE = readFileSync(join(ROOT, 'docs/ARCHITECTURE.md'), 'utf8');

/** Lists what `ls` shows at the root and in each of its folders, as paths from the root. */
function entries(): string[] {
  return shownIn('').flatMap((entry) =>
    entry.folder
      ? [`${entry.path}/`, ...shownIn(entry.path).map(({ path, folder }) => path + (folder ? '/' : ''))]
      : [entry.path],
  );
}

function shownIn(folder: string): { readonly path: string; readonly folder: boolean }[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !CREATED.includes(name))
    .map((entry) => ({ path: join(folder, entry.name), folder: entry.isDirectory() }));
}

/** Returns the paths in the first cells of the tables. */
function rowsOf(page: string): string[] {
  return [...page.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) +\|/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? ''),
  );
}

const without = (page: string): string[] => entries().filter((entry) => !rowsOf(page).includes(entry));

describe('the tree on the page of the architecture', () => {
  it('has a row for every entry at the root and one level below', () => {
    expect(without(PAGE)).toEqual([]);
  });

  it('is reported if it lacks the row of an entry', () => {
    expect(without(PAGE.replace('| `apps/fleet/`', '| fleet'))).toEqual(['apps/fleet/']);
  });

  it('has no row for an entry that does not exist', () => {
    const listed = rowsOf(PAGE).filter((row) => row.includes('/') && !row.includes('*'));
    expect(listed.filter((row) => !entries().includes(row))).toEqual([]);
  });
});
