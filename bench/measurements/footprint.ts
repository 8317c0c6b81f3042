import { rmSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startChild, untilReady } from '../../deploy/local/child.ts';
import { residentMb } from '../ours/resident.ts';
import { wholeLife } from '../ours/whole-life.ts';
import type { Part, Run } from '../measure/measurement.ts';
import { atMost, table } from '../measure/report.ts';
import { median } from '../measure/rounds.ts';
import { LIFE_REQUESTS } from './life.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DATA = resolve(ROOT, '.data/bench-start');
const PORT_BASE = 9500;
const READY_WITHIN_MS = 300_000;
/** Until what a start leaves behind has been collected. */
const IDLE_MS = 30_000;
const SAMPLE_EVERY_MS = 500;

const START_SECONDS_MAX = 10;
const IDLE_MB_MAX = 150;
const LOADED_MB_MAX = 320;

export const footprint: Part = {
  name: 'g6',
  title: 'G6: start and memory',
  async measure(run) {
    const { bench, rounds } = run;
    const starts: number[] = [];
    await bench.restart({}, async () => {
      rmSync(DATA, { recursive: true, force: true });
      // The first start makes the databases; the broker writes its class-data archive when it first ends.
      for (let number = 0; number <= rounds; number += 1) {
        const seconds = await startOnce();
        run.say(`${number === 0 ? 'first start' : `start ${String(number)}`}: ${seconds.toFixed(1)} s`);
        starts.push(seconds);
      }
      rmSync(DATA, { recursive: true, force: true });
    });
    await pause(IDLE_MS);
    const idle = residentMb(bench);
    const loaded = await underLoad(run);
    const [first = 0, ...warm] = starts;
    const services = Object.keys(bench.run.postgres.services);
    return [
      HOW,
      '',
      table(
        'start',
        ['`npm start`', 'seconds (median)', 'starts', 'goal'],
        [
          ['on an empty data directory', first.toFixed(1), '1', '–'],
          [
            'warm',
            median(warm).toFixed(1),
            warm.map((seconds) => seconds.toFixed(1)).join(', '),
            atMost(median(warm), START_SECONDS_MAX),
          ],
        ],
      ),
      '',
      table(
        'footprint',
        ['process', 'idle MB', 'loaded MB', 'goals'],
        [...idle].map(([part, mb]) => {
          const most = loaded.get(part) ?? mb;
          const goals = services.includes(part)
            ? `${atMost(mb, IDLE_MB_MAX)}, ${atMost(most, LOADED_MB_MAX)}`
            : '–';
          return [part, mb.toFixed(0), most.toFixed(0), goals];
        }),
      ),
    ].join('\n');
  },
};

const HOW = [
  'A start is `npm start` as a person gives it, with the simulator, until it says that it is ready. Memory is resident memory of each process: idle half a minute after a',
  'start to which nothing was sent, loaded the most that was seen every half second during whole lives as fast as they go (as in G2, workers).',
].join('\n');

/** Seconds until it says that it is ready; then it is stopped. */
async function startOnce(): Promise<number> {
  const { scripts } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const ready = Promise.withResolvers<void>();
  const began = performance.now();
  const child = await startChild({
    name: 'npm start',
    command: 'sh',
    // Without npm in between, so that the signal reaches the one that drains; npm itself takes a third of a second.
    args: ['-c', `exec ${scripts.start} --data-dir '${DATA}' --port-base ${String(PORT_BASE)}`],
    logFile: resolve(ROOT, '.data/bench-start.log'),
    onLine: (line) => {
      if (line.includes('Ready after')) ready.resolve();
    },
  });
  try {
    await untilReady(child, ready.promise, READY_WITHIN_MS);
    return (performance.now() - began) / 1000;
  } finally {
    await child.stop('SIGINT', 60_000);
  }
}

/** The most of each process while whole lives go through. */
async function underLoad({ bench, load, scale, measured }: Run): Promise<Map<string, number>> {
  const most = new Map<string, number>();
  const sample = (): void => {
    for (const [part, mb] of residentMb(bench)) most.set(part, Math.max(mb, most.get(part) ?? 0));
  };
  const sampling = setInterval(sample, SAMPLE_EVERY_MS);
  try {
    await measured([await wholeLife(bench, 'workers', Math.round(LIFE_REQUESTS * scale), load)]);
  } finally {
    clearInterval(sampling);
  }
  return most;
}
