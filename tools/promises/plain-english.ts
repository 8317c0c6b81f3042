import typescript from 'typescript';

/**
 * Words that no longer stand for anything, each with the word to use. docs/style.md has the list for readers.
 */
const FORBIDDEN: readonly { readonly word: RegExp; readonly use: string }[] = [
  { word: /\blandscapes?\b/gi, use: 'cluster topology' },
  { word: /\bleash(?:es)?\b/gi, use: 'process guard' },
  { word: /\bso-manieth\b/gi, use: 'Nth' },
];
/** A sentence that begins so is a fragment, or its subject is not clear. */
const FRAGMENT = /^(?:Of|As|By|What|Who|Whether)(?= )/;
/** The place where the first sentence of a comment begins, or a further one. */
const SENTENCE = /(?<=^\s*|[.!?]\s+)\S/g;
export const COMMENT_COLUMNS_MAX = 110;
export const DOCUMENT_COLUMNS_MAX = 100;
export const SUBJECT_COLUMNS_MAX = 72;

/** One line of text, numbered from 1. */
interface Line {
  readonly number: number;
  readonly text: string;
}

/** Lists the faults against docs/style.md in a source file's comments, each with its line. */
export function commentFindings(source: string): string[] {
  const rows = source.split('\n');
  return commentsOf(source).flatMap((lines) => [
    ...fragments(lines),
    ...lines.flatMap(({ number, text }) => [
      ...tooLong({ number, text: rows[number - 1] ?? '' }, COMMENT_COLUMNS_MAX),
      ...forbidden({ number, text }),
    ]),
  ]);
}

/** Finds the sentences of a comment that begin with a word that begins no sentence. */
function fragments(lines: readonly Line[]): string[] {
  // A text in backquotes is no sentence, but keeps its length, so that places are still right.
  const joined = lines.map(({ text }) => text).join('\n');
  const prose = joined
    .replaceAll(/`[^`]*`/g, (quoted) => quoted.replaceAll(/[^\n]/g, 'x'))
    .replaceAll('\n', ' ');
  return [...prose.matchAll(SENTENCE)].flatMap(({ index }) => {
    const begins = FRAGMENT.exec(prose.slice(index))?.[0];
    const line = lines[joined.slice(0, index).split('\n').length - 1];
    return begins && line ? [`${line.number}: begins with "${begins}"`] : [];
  });
}

/**
 * Lists what a Markdown document does against docs/style.md. Code, tables, and lines with a link may be
 * longer.
 */
export function documentFindings(markdown: string): string[] {
  let inCode = false;
  return markdown.split('\n').flatMap((text, index) => {
    const line = { number: index + 1, text };
    const isFence = /^\s*```/.test(text);
    if (isFence) inCode = !inCode;
    if (isFence || inCode) return [];
    const mayBeLong = /^\s*\|/.test(text) || /\]\(|https?:/.test(text);
    return [...(mayBeLong ? [] : tooLong(line, DOCUMENT_COLUMNS_MAX)), ...forbidden(line)];
  });
}

/**
 * Returns the comments of a source file without their marks: each block, each run of lines that begin with
 * two slashes, and each comment beside code.
 */
function commentsOf(source: string): Line[][] {
  const file = typescript.createSourceFile('a.ts', source, typescript.ScriptTarget.Latest, true);
  const comments: Line[][] = [];
  let run: { readonly end: number; readonly lines: Line[] } | undefined;
  for (const { pos, end, kind } of rangesIn(file)) {
    const first = file.getLineAndCharacterOfPosition(pos);
    const lines = source
      .slice(pos, end)
      .split('\n')
      .map((text, index) => ({ number: first.line + index + 1, text: wordsOf(text) }));
    const isAlone = source.slice(pos - first.character, pos).trim() === '';
    const isSlashes = kind === typescript.SyntaxKind.SingleLineCommentTrivia && isAlone;
    const continues = isSlashes && run && source.slice(run.end, pos).trim() === '' && run;
    if (continues && continues.lines.at(-1)?.number === first.line) continues.lines.push(...lines);
    else comments.push(lines);
    run = isSlashes ? { end, lines: comments.at(-1) ?? lines } : undefined;
  }
  return comments;
}

/** Comments stand before and after the tokens of a file, so each token is asked for both. */
function rangesIn(file: typescript.SourceFile): typescript.CommentRange[] {
  const ranges = new Map<number, typescript.CommentRange>();
  const visit = (node: typescript.Node): void => {
    const children = node.getChildren(file);
    for (const child of children) visit(child);
    if (children.length > 0 || node.kind === typescript.SyntaxKind.JsxText) return;
    const around = [
      ...(typescript.getLeadingCommentRanges(file.text, node.pos) ?? []),
      ...(typescript.getTrailingCommentRanges(file.text, node.end) ?? []),
    ];
    for (const range of around) ranges.set(range.pos, range);
  };
  visit(file);
  return [...ranges.values()].sort((one, other) => one.pos - other.pos);
}

/** Takes the marks of a comment away. */
const wordsOf = (line: string): string =>
  line
    .replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/)\s?/, '')
    .replace(/\s*\*\/$/, '')
    .trim();

const tooLong = ({ number, text }: Line, columnsMax: number): string[] =>
  text.length > columnsMax ? [`${number}: has ${text.length} columns of ${columnsMax}`] : [];

/** A path or a name in backquotes is not prose. */
function forbidden({ number, text }: Line): string[] {
  const prose = text.replaceAll(/`[^`]*`/g, '');
  return FORBIDDEN.flatMap(({ word, use }) =>
    [...prose.matchAll(word)].map(([said]) => `${number}: says "${said}", which is "${use}"`),
  );
}
