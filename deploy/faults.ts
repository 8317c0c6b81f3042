import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as prettier from 'prettier';
import { runJest } from './local/jest.ts';
import { ROOT } from './local/landscape.ts';
import { silentReporter, terminalReporter } from './local/reporter.ts';
import { startStack } from './local/stack.ts';
import { FAULTS } from './proof/faults/catalogue.ts';
import { applyMutant, MUTANTS } from './proof/faults/mutants.ts';
import { brief, isGreen, type Outcome } from './proof/faults/outcome.ts';
import { faultsPage, type MutantOutcome } from './proof/faults/page.ts';

const USAGE = `npm run faults -- [options]
  --row N        only this row; may be given again
  --seed S       the load and the choices of an earlier run
  --minutes M    again with other seeds until the minutes are over
  --mutate       damage the built system on purpose: each time a named row must turn red
Starts PostgreSQL, Kafka and every service of its own. Outcomes are kept in .data/faults; docs/reference/faults.md is written from the newest of each row.`;
const PORT_BASE = 9500;
const HOME = join(ROOT, '.data/faults');
const KEPT = join(HOME, 'outcomes.json');
const RAW = join(HOME, 'run.jsonl');
const PAGE = join(ROOT, 'docs/reference/faults.md');

interface Kept {
  readonly rows: Record<string, Outcome>;
  readonly mutants: Record<string, MutantOutcome>;
}

const reporter = terminalReporter();
let stop: (() => Promise<void>) | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void (stop?.() ?? Promise.resolve()).finally(() => process.exit(130)));
}

/** The rows on a system of their own, fresh each time; `build` is the folder of the built services. */
async function run(rows: readonly number[], seed: number, build?: string): Promise<Outcome[]> {
  const dataDirectory = join(HOME, 'data');
  rmSync(dataDirectory, { recursive: true, force: true });
  rmSync(RAW, { force: true });
  const { DATABASE_URL: _database, KAFKA_BROKERS: _brokers, ...env } = process.env;
  if (build !== undefined) process.env['CONCORDAT_BUILD'] = build;
  const quiet = { ...silentReporter, step: reporter.step.bind(reporter) };
  const stack = await startStack({ dataDirectory, portBase: PORT_BASE, quietForces: true, reporter: quiet, env });
  stop = () => stack.stop();
  try {
    const settings = { CONCORDAT_RUN: stack.runFile, FAULT_ROWS: rows.join(','), FAULT_OUTCOMES: RAW, PROOF_SEED: String(seed) };
    await runJest('large', ['proof/faults/faults.large', '--silent=false'], settings);
  } finally {
    await stack.stop();
    stop = undefined;
    delete process.env['CONCORDAT_BUILD'];
  }
  return readLines(RAW).map((line) => JSON.parse(line) as Outcome);
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

function kept(): Kept {
  try {
    return JSON.parse(readFileSync(KEPT, 'utf8')) as Kept;
  } catch {
    return { rows: {}, mutants: {} };
  }
}

async function keep(change: (all: Kept) => void): Promise<void> {
  const all = kept();
  change(all);
  writeFileSync(KEPT, `${JSON.stringify(all, null, 2)}\n`);
  const page = faultsPage(FAULTS, all.rows, MUTANTS, all.mutants);
  writeFileSync(PAGE, await prettier.format(page, { parser: 'markdown', printWidth: 140 }));
}

/** One line a row; returns whether every one is green. A row without an outcome never ran: that is red as well. */
async function faults(rows: readonly number[], seed: number): Promise<boolean> {
  reporter.say(`--seed ${seed} repeats this run`);
  const runnable = FAULTS.filter(({ row, skipped }) => rows.includes(row) && !skipped).map(({ row }) => row);
  const outcomes = runnable.length > 0 ? await run(runnable, seed) : [];
  for (const { row, fault, skipped } of FAULTS) {
    if (!rows.includes(row)) continue;
    const outcome = outcomes.find((one) => one.row === row);
    const name = `${String(row).padStart(2)} ${fault}`;
    if (skipped) reporter.say(reporter.styled(`–  ${name}: skipped: ${skipped()}`, 'dim'));
    else if (!outcome) reporter.warn(`✗  ${name}: ended without an outcome`);
    else if (isGreen(outcome)) reporter.say(`${reporter.styled('✓', 'green')}  ${name}: ${brief(outcome)}`);
    else reporter.warn(`✗  ${name}: ${brief(outcome)}`);
  }
  await keep((all) => {
    for (const outcome of outcomes) all.rows[outcome.row] = outcome;
  });
  return outcomes.length === runnable.length && outcomes.every(isGreen);
}

/** Each on a copy of what was built; returns whether every mutant was found out. */
async function mutate(seed: number): Promise<boolean> {
  let all = true;
  for (const mutant of MUTANTS) {
    const folder = join(HOME, 'mutant');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    applyMutant(mutant, join(folder, 'dist'));
    const [outcome] = await run([mutant.row], seed, join(folder, 'dist'));
    const foundOut = outcome !== undefined && !isGreen(outcome);
    const line = `${mutant.name}, row ${mutant.row}: ${outcome ? brief(outcome) : 'ended without an outcome'}`;
    if (foundOut) reporter.say(`${reporter.styled('✓', 'green')}  found out: ${line}`);
    else reporter.warn(`✗  not found out: ${line}`);
    await keep((before) => {
      before.mutants[mutant.name] = { foundOut, seen: outcome ? brief(outcome) : 'ended without an outcome' };
    });
    all &&= foundOut;
  }
  return all;
}

const { values } = parseArgs({
  options: {
    row: { type: 'string', multiple: true },
    seed: { type: 'string' },
    minutes: { type: 'string' },
    mutate: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const known = FAULTS.map(({ row }) => row);
const rows = values.row?.map(Number) ?? known;
const numbers = [...rows, Number(values.seed ?? 0), Number(values.minutes ?? 0)];
if (values.help || numbers.some(Number.isNaN) || rows.some((row) => !known.includes(row))) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}
mkdirSync(HOME, { recursive: true });
const until = Date.now() + Number(values.minutes ?? 0) * 60_000;
let seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
let green = true;
do {
  green = (await (values.mutate ? mutate(seed) : faults(rows, seed))) && green;
  seed += 1;
} while (Date.now() < until);
process.exit(green ? 0 : 1);
