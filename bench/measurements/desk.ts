import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { databaseNames, ROOT } from '../../deploy/local/deployment.ts';
import { ChildProgram } from '../measure/child-program.ts';
import { fillQueue } from '../measure/fill-queue.ts';
import type { Measurement } from '../measure/measurement.ts';
import type { BenchStack } from '../measure/stack.ts';
import { describeAtMost, formatWhole, renderTable } from '../measure/report.ts';
import { quantile } from '../measure/rounds.ts';
import { FORCE, UNIT } from '../measure/work.ts';
import { residentMb } from '../ours/resident.ts';
import { StaffClient } from '#client';
import { PAGES, type DeskResult } from '../load/desk-load.ts';

const SHALLOW = 10_000;
const PEOPLE = 50;
const ROUND_MS = 30_000;
/** A person looks at a page for two seconds on average, which is quicker than anybody works. */
const THINK_MS = 2_000;
const PAGE_MS_MAX = 150;
const SEARCH_MS_MAX = 50;
/** A mark that every request has, the beginning of every reference, both, and one reference. */
const SEARCHES = ['EX26AAA', 'OLD26', 'EX26AAA OLD26', 'OLD-26-000417'];
const EACH_SEARCH = 25;
const FIRST_VIEW_KB_MAX = 150;
const SCRIPT_KB_MAX = 15;
const IDLE_MB_MAX = 150;
const ASSETS = join(ROOT, 'dist/apps/desk/public');

export const desk: Measurement = {
  name: 'g8',
  title: 'G8: the pages of the desk',
  async measure({ bench, open, scale, say }) {
    const idle = residentMb(bench).get('desk') ?? 0;
    const staff = Object.entries(bench.run.people ?? {})
      .filter(([, { roles }]) => roles.some(({ unit }) => unit === UNIT))
      .map(([subject]) => subject);
    const people = Array.from({ length: PEOPLE }, (_, place) => staff[place % staff.length] as string);
    const program = new ChildProgram('bench/load/desk-load.ts');
    const queue = {
      database: databaseNames(UNIT).database,
      unit: UNIT,
      force: FORCE,
      searched: true,
    } as const;
    const lines: string[][] = [];
    const searches: string[][] = [];
    let bytes: DeskResult['bytes'] | undefined;
    let filled = 0;
    try {
      for (const deep of [SHALLOW, ...open]) {
        await fillQueue(bench, queue, filled + 1, deep);
        filled = deep;
        say(`${formatWhole(deep)} open requests`);
        const order = { desk: bench.run.urls.desk, people, unit: UNIT, open: deep, thinkMs: THINK_MS };
        // The first order signs everybody in and warms the pages up.
        await program.ask<DeskResult>({ ...order, ms: (ROUND_MS * scale) / 3 });
        const result = await program.ask<DeskResult>({ ...order, ms: ROUND_MS * scale });
        bytes ??= result.bytes;
        for (const page of PAGES) {
          const ms = result.ms[page];
          const p95 = quantile(ms, 0.95);
          const times = `${quantile(ms, 0.5).toFixed(0)} / ${p95.toFixed(0)}`;
          lines.push([
            formatWhole(deep),
            page,
            formatWhole(ms.length),
            times,
            describeAtMost(p95, PAGE_MS_MAX),
          ]);
          say(`  ${page}: p50 / p95 ${times} ms`);
        }
        searches.push(...(await searchAlone(bench, deep)));
      }
    } finally {
      await program.end();
    }
    const loaded = residentMb(bench).get('desk') ?? 0;
    const sizes = sizesOfAssets();
    const firstView = sizes.styles + sizes.scripts + sizes.fonts + (bytes?.queue ?? 0) / 1_000;
    return [
      HOW,
      '',
      renderTable('desk-pages', ['open requests', 'page', 'read', 'p50 / p95 ms', 'goal'], lines),
      '',
      renderTable('unit-search', ['open requests', 'search for', 'p50 / p95 ms', 'goal'], searches),
      '',
      renderTable(
        'desk-size',
        ['what', 'size', 'goal'],
        [
          [
            'first view: page, styles, script, font',
            `${firstView.toFixed(0)} kB`,
            describeAtMost(firstView, FIRST_VIEW_KB_MAX),
          ],
          ['script (Brotli)', `${sizes.scripts.toFixed(1)} kB`, describeAtMost(sizes.scripts, SCRIPT_KB_MAX)],
          ['memory of the desk, idle', `${idle.toFixed(0)} MB`, describeAtMost(idle, IDLE_MB_MAX)],
          ['memory of the desk, with fifty people', `${loaded.toFixed(0)} MB`, '–'],
        ],
      ),
    ].join('\n');
  },
};

/** Searches at the unit's API, by one person, one after the other. */
async function searchAlone(bench: BenchStack, deep: number): Promise<string[][]> {
  const staff = StaffClient.of(bench.run, `${UNIT}.caseworker`);
  const lines: string[][] = [];
  for (const q of SEARCHES) {
    const ms: number[] = [];
    for (let n = 0; n < EACH_SEARCH; n += 1) {
      const began = performance.now();
      await staff.search({ q, limit: 20 });
      ms.push(performance.now() - began);
    }
    ms.sort((left, right) => left - right);
    const p95 = quantile(ms, 0.95);
    const times = `${quantile(ms, 0.5).toFixed(0)} / ${p95.toFixed(0)}`;
    lines.push([formatWhole(deep), q, times, describeAtMost(p95, SEARCH_MS_MAX)]);
  }
  staff.close();
  return lines;
}

const HOW = [
  'Fifty people are signed in at the desk of the running stack. Each reads the list of all requests, a',
  'request beside the list, and a search for the beginning of a reference, in turn, with two seconds',
  'between the pages. A page goes through the desk, the unit’s staff API and PostgreSQL. SQL filled the',
  'queue of the unit through its schema and triggers. The load comes from one separate process on the',
  'same two processors.',
].join('\n');

/** The sizes in kB of what a browser loads with the first page. Fonts are compressed already. */
function sizesOfAssets(): { readonly styles: number; readonly scripts: number; readonly fonts: number } {
  const files = readdirSync(ASSETS);
  const compressed = (ending: string): number =>
    files
      .filter((name) => name.endsWith(`${ending}.br`))
      .reduce((sum, name) => sum + statSync(join(ASSETS, name)).size / 1_000, 0);
  const fonts = files.filter((name) => name === 'atkinson-latin.woff2');
  return {
    styles: compressed('.css'),
    scripts: compressed('.js'),
    fonts: fonts.reduce((sum, name) => sum + statSync(join(ASSETS, name)).size / 1_000, 0),
  };
}
