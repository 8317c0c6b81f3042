import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import typescript from 'typescript';
import { patternsIn, slowPatterns } from '#testing';
import { ROOT } from '../../deploy/local/deployment.ts';

/** Files whose patterns look for something anywhere in a text, and why no stranger makes that long. */
const SEARCHING: Readonly<Record<string, string>> = {
  'libs/web/src/open-api.ts': 'our own addresses',
  'libs/web/src/service-log.ts': 'a text is cut to 4,000 characters before, and the names of fields are ours',
  'libs/persistence/src/database.ts': 'the words of the driver',
  'apps/intake/src/describe-api/intake.async-api.ts': 'our own message types',
  'apps/cli/src/events.command.ts': "intake's own message types",
  'apps/simulator/src/work/invented-work.ts': 'what it has invented itself',
};

describe('what strangers may send', () => {
  it.each(['openapi.json', 'asyncapi.json'])(
    'is held against no pattern that a text can make slow: %s',
    (name) => {
      const patterns = patternsIn(JSON.parse(readFileSync(join(ROOT, 'docs/reference', name), 'utf8')));
      // Parameters, bodies, messages and every field of every request type.
      expect(patterns.length).toBeGreaterThan(3);
      expect(slowPatterns(patterns)).toEqual([]);
    },
  );

  it('meets no pattern in the code that a text can make slow', () => {
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

/** The regular expressions that a source file is written with; groups without their names, which the judge does not know. */
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
