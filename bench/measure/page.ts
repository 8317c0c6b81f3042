import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const FILE = resolve(import.meta.dirname, '../../docs/reference/bench.md');
const HEAD = [
  '# Benchmarks',
  '',
  'Written by `npm run bench`: each section says by which command, when, and on which machine it was measured. Rounds of all contenders in turn, one round of',
  'warm-up, medians of the others. A scale below 1 means shorter rounds, which say less. Read the ratios; absolute figures move with the machine’s mood.',
].join('\n');

/** Replaces the sections that were measured and leaves the others as they stand; `order` is that of all titles. */
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
