import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const FILE = resolve(import.meta.dirname, '../../docs/reference/bench.md');
const HEAD = [
  '# Benchmarks',
  '',
  'Written by `npm run bench`. Each section names the command, the time and the machine of its',
  'measurement. All contenders take turns, round by round; the first round warms up, and the results',
  'are medians of the others. A scale below 1 means shorter rounds, which are less reliable. Read the',
  'ratios: absolute values vary from run to run on the same machine.',
].join('\n');

/** Replaces the measured sections and keeps the others. `order` lists all titles in the order of the page. */
export function writeSections(measured: ReadonlyMap<string, string>, order: readonly string[]): void {
  const sections = new Map([
    ...(existsSync(FILE) ? sectionsOf(readFileSync(FILE, 'utf8')) : []),
    ...measured,
  ]);
  const known = order.flatMap((title) =>
    sections.has(title) ? [`## ${title}\n\n${sections.get(title) ?? ''}`] : [],
  );
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${[HEAD, ...known].join('\n\n')}\n`);
}

function sectionsOf(page: string): [title: string, text: string][] {
  return page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const end = section.indexOf('\n');
      return [section.slice(0, end), section.slice(end).trim()];
    });
}
