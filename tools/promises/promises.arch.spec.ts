import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../deploy/local/deployment.ts';
import { breakingAsyncApi, breakingOpenApi } from './breaking-changes.ts';

type Document = Readonly<Record<string, unknown>>;

const DECISIONS = join(ROOT, 'docs/decisions');

/**
 * Returns every committed version of the file, oldest first, and its present content. A copy without Git
 * history has only that.
 */
function versionsOf(path: string): Document[] {
  const git = (...words: string[]): string =>
    execFileSync('git', words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const commits = existsSync(join(ROOT, '.git'))
    ? git('log', '--diff-filter=AM', '--format=%H', '--', path).split('\n').filter(Boolean)
    : [];
  const kept = commits.reverse().map((commit) => git('show', `${commit}:${path}`));
  return [...kept, readFileSync(join(ROOT, path), 'utf8')].map((text) => JSON.parse(text) as Document);
}

/** The decision records, where breaking changes are named word for word. Prettier may wrap their lines. */
const decided = readdirSync(DECISIONS)
  .map((name) => readFileSync(join(DECISIONS, name), 'utf8'))
  .join('\n')
  .replaceAll(/\s+/g, ' ');

/** The documents of the units' APIs for their staff. A new one breaks nothing. */
const STAFF_APIS = globSync('docs/reference/staff-api/*.json', { cwd: ROOT });

describe('a published interface', () => {
  it.each([
    ['docs/reference/openapi.json', breakingOpenApi],
    ['docs/reference/asyncapi.json', breakingAsyncApi],
    ...STAFF_APIS.map((path): [string, typeof breakingOpenApi] => [path, breakingOpenApi]),
  ])(
    '%s never removed anything between two versions, unless a decision record names it',
    (path, breaking) => {
      const versions = versionsOf(path);
      const changes = versions
        .slice(1)
        .flatMap((after, before) => breaking(versions[before] as Document, after));
      expect(changes.filter((change) => !decided.includes(change))).toEqual([]);
    },
  );
});
