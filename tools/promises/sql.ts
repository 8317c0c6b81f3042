import typescript from 'typescript';

/** A place where SQL is not written as this repository writes it. */
export interface SqlFault {
  readonly line: number;
  readonly says: string;
}

const COLUMNS_MAX = 100;
const STATEMENT = /^\s*(?:select\s|insert into\s|update\s+\w+\s|delete from\s|with\s+\w+\s+as\s)/i;
/** A shorter statement on one line may stay beside its use. */
const SHORT = 90;
const JOIN = '(?:left |right |full |cross |inner )?join(?: lateral)?';
const CLAUSE = new RegExp(
  `(?:${JOIN}|from|where|group by|having|order by|limit|returning|on conflict|set|values|union(?: all)?)\\b`,
  'g',
);
const STARTS = new RegExp(
  `^(?:with\\b.*\\bas\\b.*|delete (?=from)|select distinct on|do update |${CLAUSE.source})`,
);

/**
 * Finds statements outside a `.sql.ts` file. The caller leaves out migrations, because a migration is read
 * as a whole.
 */
export function strayStatements(source: string): SqlFault[] {
  return literalsIn(source)
    .filter(({ text }) => STATEMENT.test(text) && (text.length > SHORT || text.includes('\n')))
    .map(({ line }) => ({ line, says: 'a statement stands outside a .sql.ts file' }));
}

/** Lines of a `.sql.ts` file that are too long or hold more than one clause. */
export function crowdedLines(source: string): SqlFault[] {
  return literalsIn(source)
    .filter(({ text }) => STATEMENT.test(text))
    .flatMap(({ text, line }) =>
      text.split('\n').flatMap((written, index): SqlFault[] => {
        const faults = [
          ...(written.length > COLUMNS_MAX ? [`it is longer than ${COLUMNS_MAX} columns`] : []),
          ...(clausesOf(written) > 1 ? ['it holds more than one clause'] : []),
        ];
        return faults.map((says) => ({ line: line + index, says }));
      }),
    );
}

/** Names of prepared statements that stand more than once in these sources. */
export function repeatedNames(sources: readonly string[]): string[] {
  const names = sources.flatMap((source) =>
    [...source.matchAll(/name: '([a-z-]+)',\s+text: /g)].map(([, name]) => name ?? ''),
  );
  return [...new Set(names.filter((name, place) => names.indexOf(name) !== place))];
}

/** How many clauses a line holds, those inside a bracket that it closes itself left aside. */
function clausesOf(written: string): number {
  let plain = written
    .replaceAll(/\$\{[^}]*\}|'[^']*'|"[^"]*"/g, 'x')
    .replaceAll(/is (?:not )?distinct from/g, '=')
    .trim();
  for (let inner = ''; inner !== plain;) {
    inner = plain;
    plain = plain.replaceAll(/\([^()]*\)/g, '');
  }
  const first = STARTS.exec(plain)?.[0] ?? '';
  const others = plain.slice(first.length).match(new RegExp(`\\b${CLAUSE.source}`, 'g')) ?? [];
  const leads = first !== '' || /^(?:select|insert into|update|delete)\b/.test(plain);
  return (leads ? 1 : 0) + others.length;
}

function literalsIn(source: string): { readonly text: string; readonly line: number }[] {
  const file = typescript.createSourceFile('a.ts', source, typescript.ScriptTarget.Latest, true);
  const found: { text: string; line: number }[] = [];
  const visit = (node: typescript.Node): void => {
    if (typescript.isStringLiteralLike(node) || typescript.isTemplateExpression(node)) {
      const text = node.getText(file).slice(1, -1);
      found.push({ text, line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1 });
    }
    typescript.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
