/**
 * Words that no longer stand for anything, each with the word to use. docs/style.md has the list for readers.
 */
const FORBIDDEN: Readonly<Record<string, string>> = {
  landscape: 'cluster topology',
  leash: 'process guard',
  'so-manieth': 'Nth',
};
const FORBIDDEN_WORD = new RegExp(`\\b(?:${Object.keys(FORBIDDEN).join('|')})\\b`, 'gi');
/** A comment that begins so is a fragment, or a sentence whose subject is not clear. */
const FRAGMENT = /^(?:Of|As|By|What|Who|Whether) /;
export const COMMENT_COLUMNS_MAX = 110;
export const DOCUMENT_COLUMNS_MAX = 100;
export const SUBJECT_COLUMNS_MAX = 72;

/** One line of text, numbered from 1. */
interface Line {
  readonly number: number;
  readonly text: string;
}

/** Lists what a TypeScript file's comments do against docs/style.md, each with its line. */
export function commentFindings(source: string): string[] {
  return commentsOf(source).flatMap((lines) => {
    const first = lines
      .map((line) => ({ ...line, text: wordsOf(line.text) }))
      .find(({ text }) => text !== '');
    const begins = first && FRAGMENT.exec(first.text)?.[0].trim();
    return [
      ...(first && begins ? [`${first.number}: begins with "${begins}"`] : []),
      ...lines.flatMap((line) => [
        ...tooLong(line, COMMENT_COLUMNS_MAX),
        ...forbidden({ ...line, text: wordsOf(line.text) }),
      ]),
    ];
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

/** Groups the comment lines of a file: each block, and each run of lines that begin with two slashes. */
function commentsOf(source: string): Line[][] {
  const comments: Line[][] = [];
  let open: 'block' | 'run' | undefined;
  for (const [index, text] of source.split('\n').entries()) {
    const inBlock = open === 'block';
    const begins = /^\s*\/\*/.test(text);
    const isSlashes = !inBlock && /^\s*\/\/ /.test(text);
    if (!inBlock && !begins && !isSlashes) {
      open = undefined;
      continue;
    }
    if (begins || (isSlashes && open !== 'run')) comments.push([]);
    comments.at(-1)?.push({ number: index + 1, text });
    if (isSlashes) open = 'run';
    else open = text.includes('*/') ? undefined : 'block';
  }
  return comments;
}

/** Takes the marks of a comment away. */
const wordsOf = (line: string): string =>
  line.replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/)\s?/, '').replace(/\s*\*\/$/, '');

const tooLong = ({ number, text }: Line, columnsMax: number): string[] =>
  text.length > columnsMax ? [`${number}: has ${text.length} columns of ${columnsMax}`] : [];

/** A path or a name in backquotes is not prose. */
const forbidden = ({ number, text }: Line): string[] =>
  [...text.replaceAll(/`[^`]*`/g, '').matchAll(FORBIDDEN_WORD)].map(
    ([word]) => `${number}: says "${word}", which is "${FORBIDDEN[word.toLowerCase()] ?? ''}"`,
  );
