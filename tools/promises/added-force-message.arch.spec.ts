import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { HANDLERS, handlersWithThanks, ROOT, TABLE, tableWithThanks } from './added-force-message.fixture.ts';

/** The files that have to do with the table; to check all of them would take a minute. */
const CONCERNED = /ForceMessage|FORCE_MESSAGE|ForwardedValue|ReceivedFromForce|ChangeKind/;
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config,
  ts.sys,
  ROOT,
);
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Errors of unit and intake when these texts replace files, each with its file. */
function errorsWith(replaced: Readonly<Record<string, string>>): string[] {
  const host = ts.createCompilerHost(options);
  const parse = host.getSourceFile.bind(host);
  host.getSourceFile = (path, language) => {
    const text = replaced[path];
    if (text !== undefined) return ts.createSourceFile(path, text, language, true);
    if (!parsed.has(path)) parsed.set(path, parse(path, language));
    return parsed.get(path);
  };
  const roots = ['apps/intake/src/intake.module.ts', 'libs/unit/src/index.ts'].map((path) =>
    join(ROOT, path),
  );
  const program = ts.createProgram(roots, { ...options, noEmit: true }, host);
  return program
    .getSourceFiles()
    .filter(({ fileName, text }) => !fileName.includes('/node_modules/') && CONCERNED.test(text))
    .flatMap((source) => program.getSemanticDiagnostics(source))
    .map(
      ({ file, messageText }) =>
        `${file?.fileName.slice(ROOT.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
}

describe('a message of forces that is added to the table', () => {
  it('does not compile before a unit has a handler for it', () => {
    const errors = errorsWith({ [TABLE]: tableWithThanks() });
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors)
      expect(error).toMatch(/^libs\/unit\/src\/arrive\/receive-from-force\.ts: .*'?thank'?/);
  });

  it('needs nothing else', () => {
    expect(errorsWith({ [TABLE]: tableWithThanks(), [HANDLERS]: handlersWithThanks() })).toEqual([]);
  });
});
