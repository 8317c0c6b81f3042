import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commentFindings, documentFindings, SUBJECT_COLUMNS_MAX } from './plain-english.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const git = (...words: readonly string[]): string[] =>
  execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);

const GENERATED = /\.generated\.ts$|^docs\/reference\//;
const FILES = git(
  'ls-files',
  '--cached',
  '--others',
  '--exclude-standard',
  '*.ts',
  '*.mjs',
  '*.cjs',
  '*.md',
).filter((path) => !GENERATED.test(path));

function findingsIn(path: string): string[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const findings = path.endsWith('.md') ? documentFindings(text) : commentFindings(text);
  return findings.map((finding) => `${path}:${finding}`);
}

describe('plain English (docs/style.md)', () => {
  it('is kept by every comment and document', () => {
    expect(FILES.flatMap(findingsIn)).toEqual([]);
  });

  it('is kept by the subject of the newest commit', () => {
    const [subject = ''] = git('log', '-1', '--no-merges', '--format=%s');
    expect(subject.length).toBeLessThanOrEqual(SUBJECT_COLUMNS_MAX);
  });

  it.each([
    ['#!/usr/bin/env node\n// Of a program.', ['2: begins with "Of"']],
    ['// Of two rows the newer one.', ['1: begins with "Of"']],
    ['/** Whether it is late. */', ['1: begins with "Whether"']],
    ['/** By force: what is left. */', ['1: begins with "By"']],
    ['/**\n * What a force sees.\n */', ['2: begins with "What"']],
    ['/*\n * Who calls.\n */', ['2: begins with "Who"']],
    ['  // As a reader sees it.\n  // Of no matter.', ['1: begins with "As"', '2: begins with "Of"']],
    ['// A first line.\nconst one = 1;\n// Of another comment.', ['3: begins with "Of"']],
    [`// ${'word '.repeat(22)}`, ['1: has 113 columns of 110']],
    ['/** Every so-manieth request. */', ['1: says "so-manieth", which is "Nth"']],
    ['// The Landscape of topics.', ['1: says "Landscape", which is "cluster topology"']],
    [
      '// Two landscapes on leashes.',
      ['1: says "landscapes", which is "cluster topology"', '1: says "leashes", which is "process guard"'],
    ],
    ['// Returns the newest row.\n// Of others nothing is said.', ['2: begins with "Of"']],
    [
      '/** Returns it. What\n * is left stays. Who knows? */',
      ['1: begins with "What"', '2: begins with "Who"'],
    ],
    ['const one = 1; // Of two.', ['1: begins with "Of"']],
    ['const list = [1 /* By hand. */, 2];', ['1: begins with "By"']],
    [`const one = 1; // ${'word '.repeat(20)}`, ['1: has 118 columns of 110']],
    ['call(`${/* Of two. */ one}`);', ['1: begins with "Of"']],
  ])('finds the fault in the comment %j', (source, findings) => {
    expect(commentFindings(source)).toEqual(findings);
  });

  it.each([
    '// Returns the row of the force.\n// That row may be empty.',
    "const text = 'a'; // One thing.\n// Another.",
    'const text = `// Of two ${rows} /* Who */`;',
    'const mark = /\\/\\/ Of /;',
    '// Reads two rows. `Who is it?` is the title of one.',
    "const text = 'Of two rows';",
    '/** Reads `landscape.ts`. */',
    `const long = '${'word '.repeat(30)}';`,
  ])('finds no fault in %j', (source) => {
    expect(commentFindings(source)).toEqual([]);
  });

  it('finds long lines and old words in a document, but not in its code, tables and links', () => {
    const long = 'word '.repeat(21).trim();
    expect(documentFindings(`${long}\n\nOn a leash.`)).toEqual([
      '1: has 104 columns of 100',
      '3: says "leash", which is "process guard"',
    ]);
    expect(documentFindings(`| ${long} |\n\n\`\`\`\n${long}\n\`\`\`\n\n${long} [link](x)`)).toEqual([]);
  });
});
