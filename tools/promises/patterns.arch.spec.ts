import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import typescript from 'typescript';
import { patternsIn, slowPatterns } from '#testing';
import { ROOT } from '../../deploy/local/deployment.ts';

/** Files whose patterns search a whole text, and the reason why an attacker cannot make that text long. */
const SEARCHING: Readonly<Record<string, string>> = {
  'libs/web/src/open-api.ts': 'our own addresses',
  'libs/web/src/service-log.ts': 'texts are cut to 4,000 characters before, and the names of fields are ours',
  'libs/persistence/src/database.ts': 'texts of the database driver',
  'apps/intake/src/describe-api/intake.async-api.ts': 'our own message types',
  'apps/cli/src/events.command.ts': "intake's own message types",
  'apps/simulator/src/work/invented-work.ts': 'texts that it invents itself',
};

describe('a regular expression', () => {
  const staffApis = globSync('staff-api/*.json', { cwd: join(ROOT, 'docs/reference') });

  it.each(['openapi.json', 'asyncapi.json', ...staffApis])(
    'that a text could make slow is not in %s',
    (name) => {
      const patterns = patternsIn(JSON.parse(readFileSync(join(ROOT, 'docs/reference', name), 'utf8')));
      // The document has patterns for parameters, bodies, messages and every field of every request type.
      expect(patterns.length).toBeGreaterThan(2);
      expect(slowPatterns(patterns)).toEqual([]);
    },
  );

  it('that a text could make slow is not in the code', () => {
    const files = globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT }).filter(
      (file) => !/\.(?:spec|fixture)\.ts$|^libs\/testing\//.test(file),
    );
    expect(Object.keys(SEARCHING).filter((file) => !files.includes(file))).toEqual([]);
    const judged = files.filter((file) => !(file in SEARCHING));
    const patterns = judged.flatMap((file) => patternsInCode(file).map((pattern) => ({ file, pattern })));
    expect(patterns.length).toBeGreaterThan(30);
    expect(patterns.filter(({ pattern }) => slowPatterns([pattern]).length > 0)).toEqual([]);
  });
});

/**
 * Lists the regular expressions of a source file. Names of groups are removed, because the checker does not
 * know them.
 */
function patternsInCode(file: string): string[] {
  const source = typescript.createSourceFile(
    file,
    readFileSync(join(ROOT, file), 'utf8'),
    typescript.ScriptTarget.Latest,
  );
  const found: string[] = [];
  const look = (node: typescript.Node): void => {
    if (typescript.isRegularExpressionLiteral(node))
      found.push(node.text.slice(1, node.text.lastIndexOf('/')).replaceAll(/\(\?<\w+>/g, '('));
    typescript.forEachChild(node, look);
  };
  look(source);
  return found;
}
