import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../local/landscape.ts';
import { breakingAsyncApi, breakingOpenApi } from './breaking-changes.ts';

type Document = Readonly<Record<string, unknown>>;

const DECISIONS = join(ROOT, 'docs/decisions');

/** The version of the file before the one that lies here; undefined in a copy of the tree without history. */
function versionBefore(path: string): string | undefined {
  if (!existsSync(join(ROOT, '.git'))) return undefined;
  const git = (...words: string[]): string => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const now = readFileSync(join(ROOT, path), 'utf8');
  const commits = git('log', '-2', '--diff-filter=AM', '--format=%H', '--', path).split('\n').filter(Boolean);
  return commits.map((commit) => git('show', `${commit}:${path}`)).find((text) => text !== now);
}

/** Changes that a decision record names, word for word. */
const decided = readdirSync(DECISIONS)
  .map((name) => readFileSync(join(DECISIONS, name), 'utf8'))
  .join('\n');

describe('what forces build on', () => {
  it.each([
    ['docs/reference/openapi.json', breakingOpenApi],
    ['docs/reference/asyncapi.json', breakingAsyncApi],
  ])('%s takes nothing away from its version before, unless a decision record names it', (path, breaking) => {
    const before = versionBefore(path);
    if (before === undefined) return;
    const after = JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Document;
    expect(breaking(JSON.parse(before) as Document, after).filter((change) => !decided.includes(change))).toEqual([]);
  });
});
