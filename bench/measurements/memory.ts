import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LifeAtRate } from '../ours/life-at-rate.ts';
import { USUAL_LOAD, type Part } from '../measure/measurement.ts';
import { table, whole } from '../measure/report.ts';
import { median, quantile } from '../measure/rounds.ts';

const SAMPLES = resolve(import.meta.dirname, '../../.data/bench-memory');
const PROBE = resolve(import.meta.dirname, '../ours/memory-probe.mjs');
const MB = 2 ** 20;
/** What a service fills once, its code and its pools, is filled by then; the slope is taken from there. */
const WARM_MINUTES = 5;
const WARM_SHARE_MAX = 0.25;
/** Slices of the run, so that each begins with tokens that last. */
const SLICE_SECONDS = 60;

interface Sample {
  readonly at: number;
  readonly rss: number;
  readonly heapUsed: number;
}

export const memory: Part = {
  name: 'memory',
  title: 'Memory over a long run at 70 % of capacity',
  onlyByName: true,
  async measure({ bench, load, minutes, say, capacity }) {
    const rate = (await capacity()) * USUAL_LOAD;
    rmSync(SAMPLES, { recursive: true, force: true });
    mkdirSync(SAMPLES, { recursive: true });
    await bench.restart({ NODE_OPTIONS: `--import=${pathToFileURL(PROBE).href}`, BENCH_MEMORY: SAMPLES });
    const life = await LifeAtRate.open(bench, load);
    const began = Date.now();
    const end = began + minutes * 60_000;
    const p99s: number[] = [];
    try {
      for (let slice = 0; Date.now() < end; slice += 1) {
        const seconds = Math.min(SLICE_SECONDS, (end - Date.now()) / 1000);
        const { delivered } = await life.run(`m${String(slice)}-`, rate, seconds);
        p99s.push(quantile(delivered, 0.99));
        say(
          `minute ${((Date.now() - began) / 60_000).toFixed(1)}: submitted → delivered p99 ${(p99s.at(-1) ?? 0).toFixed(0)} ms`,
        );
      }
    } finally {
      await life.end();
    }
    const warmAt = began + Math.min(WARM_MINUTES, minutes * WARM_SHARE_MAX) * 60_000;
    const lines = Object.keys(bench.run.postgres.services).map((service) => {
      const samples = samplesOf(bench.run.pids[service]).filter(({ at }) => at >= began && at <= end);
      return [
        service,
        ...figuresOf(samples, warmAt, ({ rss }) => rss),
        ...figuresOf(samples, warmAt, ({ heapUsed }) => heapUsed),
      ];
    });
    const warm = `${((warmAt - began) / 60_000).toFixed(1)} min`;
    return [
      `${String(minutes)} minutes of whole lives (as in G3) at ${whole(rate)} a second; submitted → delivered p99 of each minute: median ${median(p99s).toFixed(0)} ms, worst ${Math.max(...p99s).toFixed(0)} ms.`,
      `Resident memory and used heap of each service as it says itself every five seconds; each figure is the median of a minute, the slope by least squares over all samples from ${warm} on.`,
      '',
      table(
        'memory',
        [
          'service',
          ...['RSS', 'heap'].flatMap((of) => [
            `${of} MB at first`,
            `after ${warm}`,
            'at the end',
            'MB an hour',
          ]),
        ],
        lines,
      ),
    ].join('\n');
  },
};

function samplesOf(pid: number | undefined): Sample[] {
  return readFileSync(join(SAMPLES, `${String(pid)}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);
}

function figuresOf(
  samples: readonly Sample[],
  warmAt: number,
  bytesOf: (sample: Sample) => number,
): string[] {
  const around = (from: number): string => {
    const near = samples.filter(({ at }) => at >= from && at < from + 60_000);
    return (median(near.map(bytesOf)) / MB).toFixed(0);
  };
  const first = samples[0]?.at ?? 0;
  const last = samples.at(-1)?.at ?? 0;
  const slope = slopePerHour(
    samples.filter(({ at }) => at >= warmAt).map((sample) => [sample.at / 3_600_000, bytesOf(sample) / MB]),
  );
  return [around(first), around(warmAt), around(Math.max(first, last - 60_000)), slope.toFixed(1)];
}

/** By least squares. */
function slopePerHour(points: readonly (readonly [hours: number, mb: number])[]): number {
  const mean = (place: 0 | 1): number => points.reduce((sum, point) => sum + point[place], 0) / points.length;
  const [hours, mb] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [at]) => sum + (at - hours) ** 2, 0);
  return points.reduce((sum, [at, value]) => sum + (at - hours) * (value - mb), 0) / spread;
}
