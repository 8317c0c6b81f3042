import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { messageCheck, PayloadCheck } from '#contracts';
import { loadUnitDefinitions } from '#unit';
import { HOW_TO_READ } from '../../bench/measure/how-to-read.ts';
import { filesToTouch, pathsWithoutFile } from './files-to-touch.ts';

const ROOT = resolve(import.meta.dirname, '../..');

function pages(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? pages(path) : entry.name.endsWith('.md') ? [path] : [];
  });
}

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...pages('docs')];
/** Paths that are patterns, or that are written at run time and so are not in a fresh clone. */
const NOT_IN_THE_TREE = /^(?:\.data\/|dist\/)|[<>*{}…]/;

describe('the documents', () => {
  it.each(DOCUMENTS)('%s cites only paths that exist', (document) => {
    const text = readFileSync(join(ROOT, document), 'utf8');
    const links = [...text.matchAll(/\]\(([^)#\s]+)\)/g)]
      .map(([, link]) => link ?? '')
      .filter((link) => !/^https?:/.test(link))
      .map((link) => relative(ROOT, resolve(ROOT, dirname(document), link)));
    const quoted = [...text.matchAll(/`((?:apps|libs|deploy|proof|tools|docs|bench)\/[^`\s]+)`/g)].map(
      ([, path]) => path ?? '',
    );
    const cited = [...links, ...quoted].filter((path) => !NOT_IN_THE_TREE.test(path));
    expect(
      cited.filter((path) => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, `${path}.ts`))),
    ).toEqual([]);
  });

  it("README's first request is accepted by intake", async () => {
    const submission = JSON.parse(readFileSync(join(ROOT, 'deploy/local/first-request.json'), 'utf8')) as {
      type: string;
      payload: unknown;
    };
    expect(messageCheck('concordat.submit-request.v1').faults(submission, '')).toEqual([]);
    const [fleet] = await loadUnitDefinitions(['fleet']);
    const type = fleet?.requestTypes.find(({ name }) => name === submission.type);
    expect(type && new PayloadCheck(type.payload).faults(submission.payload)).toEqual([]);
  });

  it('ARCHITECTURE.md names, for each invariant, a test that exists', () => {
    const text = readFileSync(join(ROOT, 'docs/ARCHITECTURE.md'), 'utf8');
    const guards = [...text.matchAll(/^\| (I\d+)\s+\|.*\| "(.+)" — `(.+)`\s+\|$/gm)].map(
      ([, invariant, title, file]) => ({
        invariant,
        title,
        file,
      }),
    );
    expect(guards.map(({ invariant }) => invariant)).toEqual(
      Array.from({ length: 13 }, (_, index) => `I${index + 1}`),
    );
    expect(
      guards.filter(
        ({ title, file }) => !readFileSync(join(ROOT, file ?? ''), 'utf8').includes(title ?? '?'),
      ),
    ).toEqual([]);
  });

  it('explain above each table of the benchmarks how to read it', () => {
    const paragraphs = readFileSync(join(ROOT, 'docs/reference/bench.md'), 'utf8').split(/\n{2,}/);
    const above = paragraphs.flatMap((paragraph, place) =>
      paragraph.startsWith('|') ? [paragraphs[place - 1]] : [],
    );
    expect(above).toEqual(Object.values(HOW_TO_READ).map((sentence) => `**How to read it:** ${sentence}`));
  });

  it('name every decision on the list of decisions', () => {
    const list = readFileSync(join(ROOT, 'docs/decisions/README.md'), 'utf8');
    const decisions = readdirSync(join(ROOT, 'docs/decisions')).filter((name) => /^\d/.test(name));
    expect(decisions.filter((name) => !list.includes(`(${name})`))).toEqual([]);
  });
});

/** The how-tos for contributors. Each says which files a change touches, in their order. */
const RECIPES = [
  'add-a-unit',
  'add-a-field',
  'add-a-command',
  'add-a-state',
  'add-a-topic',
  'change-what-a-force-hears',
];
const files = ['apps', 'libs', 'deploy', 'docs', 'proof', 'tools', 'bench'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
);

describe('a recipe', () => {
  it.each(RECIPES)('%s is linked from CONTRIBUTING.md, and lists the files to touch', (recipe) => {
    const page = `docs/how-to/${recipe}.md`;
    expect(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')).toContain(`(${page})`);
    expect(filesToTouch(readFileSync(join(ROOT, page), 'utf8'))?.length).toBeGreaterThan(3);
  });

  it.each(pages('docs/how-to'))('%s lists only files to touch that exist', (page) => {
    const listed = filesToTouch(readFileSync(join(ROOT, page), 'utf8')) ?? [];
    expect(pathsWithoutFile(listed, files)).toEqual([]);
  });

  it('with a wrong path is found, as a name, as a pattern and as one of several names', () => {
    const right = ['deploy/catalogue.json', 'apps/<slug>/src/<slug>.unit.ts', 'docs/reference/*'];
    const table = ['libs/nowhere.ts', 'apps/<slug>/src/<slug>.nothing.ts', 'libs/kernel/src/{index,none}.ts'];
    const page = [
      '# Page',
      '## Files to touch',
      ...[...right, ...table].map((path) => `| \`${path}\` | x |`),
    ];
    expect(filesToTouch(page.join('\n'))).toEqual([...right, ...table]);
    expect(pathsWithoutFile(filesToTouch(page.join('\n')) ?? [], files)).toEqual([
      'libs/nowhere.ts',
      'apps/<slug>/src/<slug>.nothing.ts',
      'libs/kernel/src/none.ts',
    ]);
    expect(filesToTouch('# Page without the section')).toBeUndefined();
  });
});
