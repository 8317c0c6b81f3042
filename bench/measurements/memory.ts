import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LifeAtRate } from '../ours/life-at-rate.ts';
import { USUAL_LOAD, type Measurement } from '../measure/measurement.ts';
import { renderTable, formatWhole } from '../measure/report.ts';
import { median, quantile } from '../measure/rounds.ts';

const SAMPLES = resolve(import.meta.dirname, '../../.data/bench-memory');
const PROBE = resolve(import.meta.dirname, '../ours/memory-probe.mjs');
const MB = 2 ** 20;
/** After this time, code and connection pools are loaded. The slope is measured from here. */
const WARM_MINUTES = 5;
const WARM_SHARE_MAX = 0.25;
/** The run is cut into slices, so that the tokens of each slice stay valid until its end. */
const SLICE_SECONDS = 60;

interface Sample {
  readonly at: number;
  readonly rss: number;
  readonly heapUsed: number;
}

export const memory: Measurement = {
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
        ...measurementsOf(samples, warmAt, ({ rss }) => rss),
        ...measurementsOf(samples, warmAt, ({ heapUsed }) => heapUsed),
      ];
    });
    const warm = `${((warmAt - began) / 60_000).toFixed(1)} min`;
    return [
      `${String(minutes)} minutes of whole lives (as in G3) at ${formatWhole(rate)} a second. The p99 of submitted → delivered in each minute: median ${median(p99s).toFixed(0)} ms, worst ${Math.max(...p99s).toFixed(0)} ms.`,
      `Each service reports its resident memory and used heap every five seconds. Each value is the median of a minute; the slope is a least-squares fit over all samples from ${warm} on.`,
      '',
      renderTable(
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

function measurementsOf(
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

/** The slope of the least-squares line. */
function slopePerHour(points: readonly (readonly [hours: number, mb: number])[]): number {
  const mean = (place: 0 | 1): number => points.reduce((sum, point) => sum + point[place], 0) / points.length;
  const [hours, mb] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [at]) => sum + (at - hours) ** 2, 0);
  return points.reduce((sum, [at, value]) => sum + (at - hours) * (value - mb), 0) / spread;
}
