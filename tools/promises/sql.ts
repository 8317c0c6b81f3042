import typescript from 'typescript';

/** A place where SQL is not written as this repository writes it. */
export interface SqlFault {
  readonly line: number;
  readonly says: string;
}

const COLUMNS_MAX = 100;
const WITH = 'with\\s+(?:recursive\\s+)?\\w+\\s*(?:\\([^)]*\\)\\s*)?as\\s';
const STATEMENT = new RegExp(
  `^\\s*(?:select\\s|insert into\\s|update\\s+\\w+\\s|delete from\\s|merge into\\s|${WITH})`,
  'i',
);
/** A shorter statement on one line may stay beside its use. */
const SHORT = 90;
const JOIN = '(?:left |right |full |cross |inner )?join(?: lateral)?';
const CLAUSES = [
  JOIN,
  'from|where|group by|having|order by|limit|returning|on conflict|set|values|union(?: all)?',
  // A join may have columns in brackets after `using`; a merge has a table there.
  'using(?= \\w)|when (?:not )?matched',
];
const CLAUSE = new RegExp(`(?:${CLAUSES.join('|')})\\b`, 'gi');
const STARTS = new RegExp(
  `^(?:with\\b.*\\bas\\b.*|delete (?=from)|select distinct on|do update |${CLAUSE.source})`,
  'i',
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

/** Returns the names of prepared statements that more than one statement of these sources has. */
export function repeatedNames(sources: readonly string[]): string[] {
  const names = sources.flatMap((source) => nodesIn(parse(source)).flatMap(preparedName));
  return [...new Set(names.filter((name, place) => names.indexOf(name) !== place))];
}

/** A prepared statement is an object with a name and a text, in any order and with other fields. */
function preparedName(node: typescript.Node): string[] {
  if (!typescript.isObjectLiteralExpression(node)) return [];
  const fieldOf = (field: string): typescript.ObjectLiteralElementLike | undefined =>
    node.properties.find(
      ({ name }) =>
        name && (typescript.isIdentifier(name) || typescript.isStringLiteral(name)) && name.text === field,
    );
  const name = fieldOf('name');
  const isPrepared = name && fieldOf('text') && typescript.isPropertyAssignment(name);
  return isPrepared && typescript.isStringLiteralLike(name.initializer) ? [name.initializer.text] : [];
}

/** How many clauses a line holds, those inside a bracket that it closes itself left aside. */
function clausesOf(written: string): number {
  let plain = written
    .replaceAll(/\$\{[^}]*\}|'[^']*'|"[^"]*"/g, 'x')
    .replaceAll(/is (?:not )?distinct from/gi, '=')
    .trim();
  for (let inner = ''; inner !== plain;) {
    inner = plain;
    plain = plain.replaceAll(/\([^()]*\)/g, '');
  }
  const first = STARTS.exec(plain)?.[0] ?? '';
  const others = plain.slice(first.length).match(new RegExp(`\\b${CLAUSE.source}`, 'gi')) ?? [];
  const leads = first !== '' || /^(?:select|insert into|update|delete|merge into)\b/i.test(plain);
  return (leads ? 1 : 0) + others.length;
}

function literalsIn(source: string): { readonly text: string; readonly line: number }[] {
  const file = parse(source);
  return nodesIn(file)
    .filter((node) => typescript.isStringLiteralLike(node) || typescript.isTemplateExpression(node))
    .map((node) => ({
      text: node.getText(file).slice(1, -1),
      line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1,
    }));
}

const parse = (source: string): typescript.SourceFile =>
  typescript.createSourceFile('a.ts', source, typescript.ScriptTarget.Latest, true);

function nodesIn(file: typescript.SourceFile): typescript.Node[] {
  const nodes: typescript.Node[] = [];
  const visit = (node: typescript.Node): void => {
    nodes.push(node);
    typescript.forEachChild(node, visit);
  };
  visit(file);
  return nodes;
}
