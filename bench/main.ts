import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ChildProgram } from './child-program.ts';
import { machine } from './machine.ts';
import { fairness, fairnessTable } from './ours/fairness.ts';
import { intakeAlone } from './ours/intake-alone.ts';
import { wholeLife } from './ours/whole-life.ts';
import { bossLife, BOSS } from './peers/boss.ts';
import { bareDoor, DOORS } from './peers/doors.ts';
import { STOCK, stockLife } from './peers/stock.ts';
import { comparison } from './report.ts';
import { interleave, type Contender, type Standing } from './rounds.ts';
import { startBenchStack } from './stack.ts';

const USAGE = `npm run bench [-- --only g1|g2|fairness] [--rounds N] [--scale S] [--print]

Measures ours and its peers in the same run on one PostgreSQL and one Kafka, and writes docs/reference/bench.md.
--scale multiplies the length of every round (1: as published); --print leaves the file as it is.`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    scale: { type: 'string', default: '1' },
    print: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const scale = Number(values.scale);
const wanted = (part: string): boolean => values.only === undefined || values.only === part;
if (values.help || !(rounds >= 1) || !(scale > 0) || !['g1', 'g2', 'fairness'].some(wanted)) {
  console.error(USAGE);
  process.exit(2);
}

/** Length of a round of submissions. */
const G1_ROUND_MS = 6_000 * scale;
/** Requests of a round of whole lives, so many that a round of each takes some ten seconds: small runs mislead. */
const G2_REQUESTS = { ours: 4_000 * scale, desk: 600 * scale, stock: 800 * scale, perItem: 1_500 * scale, batched: 40_000 * scale };

const bench = await startBenchStack();
const load = new ChildProgram('bench/load/http-load.ts');
const report: string[] = [];
const say = (line: string): void => console.log(line);
let failed = false;
try {
  report.push(`Machine: ${await machine(bench)}. Clients, servers and load share its processors.`, '');
  if (wanted('g1')) {
    const standings = await measured([
      await intakeAlone(bench, G1_ROUND_MS, load),
      await bareDoor(bench, 'grouped', G1_ROUND_MS, load),
      await bareDoor(bench, 'single', G1_ROUND_MS, load),
      await bareDoor(bench, 'boss', G1_ROUND_MS, load),
    ]);
    report.push('## G1: REST to a durable 201', '', doorsMeasured(), '');
    report.push(
      comparison(standings, [
        { against: DOORS.grouped, atLeast: 0.85 },
        { against: DOORS.single, atLeast: 3 },
        { against: DOORS.boss, atLeast: 8 },
      ]),
      '',
    );
  }
  if (wanted('g2')) {
    const standings = await measured([
      await wholeLife(bench, 'workers', Math.round(G2_REQUESTS.ours), load),
      await wholeLife(bench, 'desk', Math.round(G2_REQUESTS.desk), load),
      await stockLife(bench, Math.round(G2_REQUESTS.stock), load),
      await bossLife(bench, 'per-item', Math.round(G2_REQUESTS.perItem)),
      await bossLife(bench, 'batched', Math.round(G2_REQUESTS.batched)),
    ]);
    report.push('## G2: the whole life', '', livesMeasured(), '');
    report.push(
      comparison(standings, [
        { against: STOCK, atLeast: 40 },
        { against: BOSS['per-item'], atLeast: 20 },
        { against: BOSS.batched, atLeast: 1 },
      ]),
      '',
    );
  }
  if (wanted('fairness')) {
    const standings = await measured(await fairness(bench, G1_ROUND_MS));
    report.push('## Fairness: a quiet force beside one that floods', '', fairnessMeasured(), '', fairnessTable(standings), '');
  }
} catch (error) {
  failed = true;
  console.error(error);
}
await load.end();
await bench.stop();
if (failed) process.exit(1);
const page = [
  '# Benchmarks',
  '',
  `Measured by \`npm run bench -- --rounds ${String(rounds)} --scale ${String(scale)}${values.only ? ` --only ${values.only}` : ''}\`: rounds of all contenders in turn, one round of warm-up, medians of ${String(rounds)}. A scale below 1 means shorter rounds, which say less. Read the ratios; absolute figures move with the machine's mood.`,
  '',
  ...report,
].join('\n');
console.log(`\n${page}`);
if (!values.print) {
  const file = resolve(import.meta.dirname, '../docs/reference/bench.md');
  mkdirSync(resolve(file, '..'), { recursive: true });
  writeFileSync(file, page);
}

async function measured(contenders: readonly Contender[]): Promise<Standing[]> {
  const standings = await interleave(contenders, rounds, say);
  for (const contender of contenders) await contender.end();
  return standings;
}

function doorsMeasured(): string {
  return [
    '64 kept-alive connections from a client process of its own, one request at a time on each; the same body for everybody.',
    'Ours is the whole intake process with its broker away, so that the figure is the door’s alone: access token, bounded JSON, validation,',
    'rules over fields, agreement gate, idempotency, row security. The bare doors are Fastify and a statement: no token, no validation. The first of',
    'them stores by intake’s own statement, grouping and schema. BullMQ is left out: it needs a Redis, and npm installs none.',
  ].join('\n');
}

function livesMeasured(): string {
  return [
    'Submit → routed over Kafka → queued → claimed → answered → delivered. Ours is the stack as `npm start` runs it (seven services, all running), submitted',
    'over REST by three forces, claimed and answered through the unit’s HTTP API, delivered when a client has read the answer from the feed of the force.',
    'Automatic workers take and answer 100 requests a call on two connections; staff at a desk are 32 connections with one request a call. The stock pair does the same life with Nest’s ServerKafka and TypeORM, its workers inside the unit’s process without HTTP,',
    'delivered when its door has stored the answer. The pg-boss ways have no HTTP, validation, ownership or broker, and the batched one keeps no rows but jobs.',
  ].join('\n');
}

function fairnessMeasured(): string {
  return [
    'One force sends its share, 50 a second on 16 connections; the other ten times its share, 500 a second on 64 connections, from a process of its own.',
    'A request has its moment, and waiting behind a late answer counts. The goal: the quiet force’s p99 at most doubles.',
  ].join('\n');
}
