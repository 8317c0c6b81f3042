import { rmSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startChild, untilReady } from '../../deploy/local/child.ts';
import { ROOT } from '../../deploy/local/deployment.ts';
import { residentMb } from '../ours/resident.ts';
import { openWholeLife } from '../ours/whole-life.ts';
import type { Measurement, Run } from '../measure/measurement.ts';
import { describeAtMost, renderTable } from '../measure/report.ts';
import { median } from '../measure/rounds.ts';
import { LIFE_REQUESTS } from './life.ts';

const DATA = resolve(ROOT, '.data/bench-start');
const PORT_BASE = 9500;
const READY_WITHIN_MS = 300_000;
/** After this time the garbage of the start has been collected. */
const IDLE_MS = 30_000;
const SAMPLE_EVERY_MS = 500;

const START_SECONDS_MAX = 10;
const IDLE_MB_MAX = 150;
const LOADED_MB_MAX = 320;

export const footprint: Measurement = {
  name: 'g6',
  title: 'G6: start and memory',
  async measure(run) {
    const { bench, rounds } = run;
    const starts: number[] = [];
    await bench.restart({}, async () => {
      rmSync(DATA, { recursive: true, force: true });
      // The first start creates the databases, and the broker writes its class-data archive when it stops.
      for (let number = 0; number <= rounds; number += 1) {
        const seconds = await startOnce();
        run.say(`${number === 0 ? 'first start' : `start ${String(number)}`}: ${seconds.toFixed(1)} s`);
        starts.push(seconds);
      }
      rmSync(DATA, { recursive: true, force: true });
    });
    await pause(IDLE_MS);
    const idle = residentMb(bench);
    const loaded = await measureUnderLoad(run);
    const [first = 0, ...warm] = starts;
    const services = Object.keys(bench.run.postgres.services);
    return [
      HOW,
      '',
      renderTable(
        'start',
        ['`npm start`', 'seconds (median)', 'starts', 'goal'],
        [
          ['on an empty data directory', first.toFixed(1), '1', '–'],
          [
            'warm',
            median(warm).toFixed(1),
            warm.map((seconds) => seconds.toFixed(1)).join(', '),
            describeAtMost(median(warm), START_SECONDS_MAX),
          ],
        ],
      ),
      '',
      renderTable(
        'footprint',
        ['process', 'idle MB', 'loaded MB', 'goals'],
        [...idle].map(([name, mb]) => {
          const most = loaded.get(name) ?? mb;
          const goals = services.includes(name)
            ? `${describeAtMost(mb, IDLE_MB_MAX)}, ${describeAtMost(most, LOADED_MB_MAX)}`
            : '–';
          return [name, mb.toFixed(0), most.toFixed(0), goals];
        }),
      ),
    ].join('\n');
  },
};

const HOW = [
  'A start is `npm start` with the simulator, as a person would run it, until it says that it is ready.',
  'Memory is the resident memory of each process. Idle is half a minute after a start without any',
  'request. Loaded is the highest of the values read every half second during whole lives at full speed',
  '(as in G2, workers).',
].join('\n');

/** Starts once, returns the seconds until it is ready, and stops it. */
async function startOnce(): Promise<number> {
  const { scripts } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const ready = Promise.withResolvers<void>();
  const began = performance.now();
  const child = await startChild({
    name: 'npm start',
    command: 'sh',
    // The script runs without npm, so that the signal reaches the process itself. npm adds a third of a
    // second.
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

/** Measures the highest memory of each process during whole lives. */
async function measureUnderLoad({ bench, load, scale, measured }: Run): Promise<Map<string, number>> {
  const most = new Map<string, number>();
  const sample = (): void => {
    for (const [name, mb] of residentMb(bench)) most.set(name, Math.max(mb, most.get(name) ?? 0));
  };
  const sampling = setInterval(sample, SAMPLE_EVERY_MS);
  try {
    await measured([await openWholeLife(bench, 'workers', Math.round(LIFE_REQUESTS * scale), load)]);
  } finally {
    clearInterval(sampling);
  }
  return most;
}
