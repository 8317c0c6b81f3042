import { parseArgs } from 'node:util';
import { ChildProgram } from './measure/child-program.ts';
import { describeMachine } from './measure/machine.ts';
import { openWholeLife } from './ours/whole-life.ts';
import { writeSections } from './measure/page.ts';
import type { Measurement, Run } from './measure/measurement.ts';
import { consumeLeg } from './measurements/consume-leg.ts';
import { delays } from './measurements/delays.ts';
import { depth } from './measurements/depth.ts';
import { desk } from './measurements/desk.ts';
import { door } from './measurements/door.ts';
import { footprint } from './measurements/footprint.ts';
import { life, LIFE_REQUESTS } from './measurements/life.ts';
import { memory } from './measurements/memory.ts';
import { quietForce } from './measurements/quiet-force.ts';
import { interleave } from './measure/rounds.ts';
import { startBenchStack } from './measure/stack.ts';

const MEASUREMENTS: readonly Measurement[] = [
  door,
  life,
  delays,
  depth,
  consumeLeg,
  footprint,
  quietForce,
  memory,
  desk,
];

const USAGE = `npm run bench -- [--only NAME[,NAME…]] [--rounds N] [--scale S] [--minutes M] [--open N[,N…]] [--print]

Measures Concordat and its peers in the same run on one PostgreSQL and one Kafka, and writes the measured sections
of docs/reference/bench.md. The names are ${MEASUREMENTS.map(({ name }) => name).join(', ')}.
Without --only, everything is measured except ${MEASUREMENTS.flatMap(({ name, onlyByName }) => (onlyByName ? [name] : [])).join(', ')}.
--scale multiplies the length of every round (1 is the published length). --minutes is the duration of memory
(default 30). --open is the number of open requests for g4 (default 1000000; 1000000,10000000 measures both).
--print shows the results and does not change the file.`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    scale: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '30' },
    open: { type: 'string', default: '1000000' },
    print: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [rounds, scale, minutes] = [values.rounds, values.scale, values.minutes].map(Number) as [
  number,
  number,
  number,
];
const open = values.open.split(',').map(Number);
const only = values.only?.split(',');
const wanted = MEASUREMENTS.filter(({ name, onlyByName }) => (only ? only.includes(name) : !onlyByName));
const unknown = only?.filter((name) => !MEASUREMENTS.some((known) => known.name === name)) ?? [];
if (
  values.help ||
  unknown.length > 0 ||
  !(rounds >= 1 && scale > 0 && minutes > 0 && open.every((deep) => Number.isInteger(deep) && deep > 0))
) {
  console.error(USAGE);
  process.exit(2);
}

const bench = await startBenchStack();
const load = new ChildProgram('bench/load/http-load.ts');
const run: Run = {
  bench,
  load,
  rounds,
  scale,
  minutes,
  open,
  say: (line) => console.log(line),
  async measured(contenders) {
    try {
      return await interleave(contenders, rounds, run.say);
    } finally {
      for (const contender of contenders) await contender.end();
    }
  },
  capacity: () => (capacity ??= measureCapacity()),
};
let capacity: Promise<number> | undefined;
const how = `\`npm run bench -- --rounds ${String(rounds)} --scale ${String(scale)}\`, ${new Date().toISOString().slice(0, 16)}Z, ${await describeMachine(bench)}. Clients, servers and load share its processors.`;
const measured = new Map<string, string>();
for (const measurement of wanted) {
  run.say(`\n${measurement.title}`);
  try {
    const text = `${await measurement.measure(run)}\n\nMeasured by ${how}`;
    measured.set(measurement.title, text);
    run.say(`\n## ${measurement.title}\n\n${text}\n`);
  } catch (error) {
    // The other measurements still run. This one keeps its old section, and the command fails at the end.
    console.error(error);
    process.exitCode = 1;
  }
}
await load.end();
await bench.stop();
if (!values.print) {
  writeSections(
    measured,
    MEASUREMENTS.map(({ title }) => title),
  );
}
// A measurement that failed while it opened its contenders leaves the first of them running. Their guards end
// them with this process.
process.exit();

async function measureCapacity(): Promise<number> {
  const [result] = await run.measured([
    await openWholeLife(bench, 'workers', Math.round(LIFE_REQUESTS * scale), load),
  ]);
  return result?.median.perSecond ?? 0;
}
