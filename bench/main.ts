import { parseArgs } from 'node:util';
import { ChildProgram } from './measure/child-program.ts';
import { machine } from './measure/machine.ts';
import { wholeLife } from './ours/whole-life.ts';
import { writeSections } from './measure/page.ts';
import type { Part, Run } from './measure/measurement.ts';
import { consumeLeg } from './measurements/consume-leg.ts';
import { delays } from './measurements/delays.ts';
import { depth } from './measurements/depth.ts';
import { door } from './measurements/door.ts';
import { footprint } from './measurements/footprint.ts';
import { life, LIFE_REQUESTS } from './measurements/life.ts';
import { memory } from './measurements/memory.ts';
import { quietForce } from './measurements/quiet-force.ts';
import { interleave } from './measure/rounds.ts';
import { startBenchStack } from './measure/stack.ts';

const PARTS: readonly Part[] = [door, life, delays, depth, consumeLeg, footprint, quietForce, memory];

const USAGE = `npm run bench [-- --only NAME[,NAME…]] [--rounds N] [--scale S] [--minutes M] [--open N[,N…]] [--print]

Measures ours and its peers in the same run on one PostgreSQL and one Kafka, and writes the sections of
docs/reference/bench.md that were measured: ${PARTS.map(({ name }) => name).join(', ')}.
Without --only all but ${PARTS.flatMap(({ name, onlyByName }) => (onlyByName ? [name] : [])).join(', ')}.
--scale multiplies the length of every round (1: as published); --minutes is for memory (30), --open for the depth
of the queue (1000000; 1000000,10000000 takes both); --print leaves the file as it is.`;

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
const wanted = PARTS.filter(({ name, onlyByName }) => (only ? only.includes(name) : !onlyByName));
const unknown = only?.filter((name) => !PARTS.some((part) => part.name === name)) ?? [];
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
const how = `\`npm run bench -- --rounds ${String(rounds)} --scale ${String(scale)}\`, ${new Date().toISOString().slice(0, 16)}Z, ${await machine(bench)}. Clients, servers and load share its processors.`;
const measured = new Map<string, string>();
for (const part of wanted) {
  run.say(`\n${part.title}`);
  try {
    const text = `${await part.measure(run)}\n\nMeasured by ${how}`;
    measured.set(part.title, text);
    run.say(`\n## ${part.title}\n\n${text}\n`);
  } catch (error) {
    // The others are still worth their time; what failed keeps its old section and fails the run.
    console.error(error);
    process.exitCode = 1;
  }
}
await load.end();
await bench.stop();
if (!values.print) {
  writeSections(
    measured,
    PARTS.map(({ title }) => title),
  );
}

async function measureCapacity(): Promise<number> {
  const [standing] = await run.measured([
    await wholeLife(bench, 'workers', Math.round(LIFE_REQUESTS * scale), load),
  ]);
  return standing?.median.perSecond ?? 0;
}
