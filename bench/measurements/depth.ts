import { ChildProgram } from '../measure/child-program.ts';
import { LEGS_FORCE, LEGS_UNIT, MODEL_UNIT } from '../legs/settings.ts';
import { fillQueue } from '../measure/fill-queue.ts';
import type { Measurement, Run } from '../measure/measurement.ts';
import { describeAtLeast, describeAtMost, renderTable, formatWhole } from '../measure/report.ts';
import { interleave, quantile } from '../measure/rounds.ts';

const SHALLOW = 10_000;
/** The number of requests in a round. */
const REQUESTS = 6_000;
const PAGES = 200;
const PAGE_MS_MAX = 50;
/** The goal as a share of the rate with 10,000 open requests: for a million, and for ten million. */
const shareGoal = (open: number): number => (open > 1_000_000 ? 0.6 : 0.85);

export const depth: Measurement = {
  name: 'g4',
  title: 'G4 and G7: the queue when it is deep',
  async measure(run) {
    const queues = [];
    for (const open of [SHALLOW, ...run.open]) queues.push(await openDeepQueue(run, open));
    try {
      const results = await interleave(queues, run.rounds, run.say);
      const base = results[0]?.median.perSecond ?? 0;
      const lines = [];
      for (const [place, { name, rounds, median }] of results.entries()) {
        const pages = (await queues[place]?.pages()) ?? [];
        const share = median.perSecond / base;
        const p95 = quantile(pages, 0.95);
        lines.push([
          name,
          formatWhole(median.perSecond),
          rounds.map(({ perSecond }) => formatWhole(perSecond)).join(', '),
          place === 0
            ? '–'
            : `${share.toFixed(2)} (${describeAtLeast(share, shareGoal(run.open[place - 1] ?? 0))})`,
          `${quantile(pages, 0.5).toFixed(1)} / ${p95.toFixed(1)}`,
          describeAtMost(p95, PAGE_MS_MAX),
        ]);
      }
      const head = [
        'open requests',
        'submitted + claimed + answered a second (median)',
        'rounds',
        '÷ 10,000 open',
        'page p50 / p95 ms',
        'page',
      ];
      return `${HOW}\n\n${renderTable('depth', head, lines)}`;
    } finally {
      for (const queue of queues) await queue.end();
    }
  },
};

const HOW = [
  'Only the product’s own statements run, without HTTP and without a broker. A hundred requests arrive,',
  'and the hundred most urgent ones are claimed and answered, in two loops at once, so the depth of the',
  'queue does not change. SQL filled the queue through the schema and its triggers, with random due',
  'times from a month ago to two months ahead. A page has 50 requests and the counts; every fifth page',
  'is the first one, and the others follow it.',
].join('\n');

async function openDeepQueue({ bench, scale, say }: Run, open: number) {
  const name = `bench_depth_${String(open)}`;
  const url = await bench.createServiceDatabase(name, MODEL_UNIT);
  const began = performance.now();
  await fillQueue(bench, { database: name, unit: LEGS_UNIT, force: LEGS_FORCE.slug }, 1, open);
  say(`${formatWhole(open)} open requests filled in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const program = new ChildProgram('dist/bench/legs/depth.main.js', { UNIT_URL: url });
  const requests = Math.ceil((REQUESTS * scale) / 100) * 100;
  return {
    name: formatWhole(open),
    async round() {
      const { seconds } = await program.ask<{ seconds: number }>({ turnOver: requests });
      return { perSecond: requests / seconds };
    },
    pages: async () => (await program.ask<{ ms: number[] }>({ pages: PAGES })).ms,
    end: () => program.end(),
  };
}
