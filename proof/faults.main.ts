import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { runJest } from '../tools/test/jest.ts';
import { portsFrom, ROOT } from '../deploy/local/deployment.ts';
import { silentReporter, terminalReporter } from '../deploy/local/reporter.ts';
import { startStack } from '../deploy/local/stack.ts';
import { FAULTS, type Fault } from './faults/catalogue.ts';
import { applyMutant, MUTANTS, type Mutant } from './faults/mutants.ts';
import {
  brief,
  isGreen,
  keepOutcomes,
  keptOutcomes,
  type Outcome,
  type Outcomes,
  type Skipped,
} from './faults/outcome.ts';
import { faultsPage } from './faults/page.ts';
import { againInOwnNetwork, isInOwnNetwork } from './network/own-network.ts';
import { startNetwork } from './network/start-network.ts';

const USAGE = `npm run faults -- [options]
  --row N        only this row; may be given again
  --seed S       the load and the choices of an earlier run
  --minutes M    again with the next seeds until the minutes are over or something is red
  --mutate       damage the built system on purpose, one promise at a time: the row named for it must turn red
  --port-base N  first port; every other port moves with it (9500)
Starts PostgreSQL, Kafka and every service of its own in .data/faults. The newest outcome of each row is kept in
docs/reference/faults.json; docs/reference/faults.md is written from it.`;
const HOME = join(ROOT, '.data/faults');
const RAW = join(HOME, 'run.jsonl');
const PAGE = 'docs/reference/faults.md';

const reporter = terminalReporter();
let stop: (() => Promise<void>) | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void (stop?.() ?? Promise.resolve()).finally(() => process.exit(130)));
}

/** The rows by what they run on, each with a system of its own. */
function bySystem(rows: readonly number[]): { readonly on: Fault['on']; readonly rows: readonly number[] }[] {
  const chosen = FAULTS.filter(({ row }) => rows.includes(row));
  return [...Map.groupBy(chosen, ({ on }) => on)].map(([on, faults]) => ({
    on,
    rows: faults.map(({ row }) => row),
  }));
}

/** The rows' outcomes on a fresh system of its own; `build` is the folder of built services that it runs, if not this repository's own. */
async function judge(
  on: Fault['on'],
  rows: readonly number[],
  seed: number,
  build?: string,
): Promise<Outcome[]> {
  const dataDirectory = join(HOME, 'data');
  rmSync(dataDirectory, { recursive: true, force: true });
  const { DATABASE_URL: _database, KAFKA_BROKERS: _brokers, ...env } = process.env;
  const quiet = { ...silentReporter, step: reporter.step.bind(reporter) };
  const behind = { postgres: portBase + 33, kafka: portBase + 94 };
  const shape = { ...(on === 'proxies' && { behind }), ...(on === 'three brokers' && { brokers: 3 }) };
  if (build !== undefined) process.env['CONCORDAT_BUILD'] = build;
  const network =
    on === 'proxies' ? await startNetwork(portsFrom(portBase, { units: [] }), behind) : undefined;
  const stack = await startStack({ dataDirectory, portBase, quietForces: true, reporter: quiet, env, shape });
  stop = async () => {
    await stack.stop();
    await network?.close();
  };
  try {
    rmSync(RAW, { force: true });
    const settings = {
      CONCORDAT_RUN: stack.runFile,
      FAULT_ROWS: rows.join(','),
      FAULT_OUTCOMES: RAW,
      PROOF_SEED: String(seed),
    };
    const proxies: Record<string, string> = network === undefined ? {} : { FAULT_NETWORK: network.url };
    await runJest('large', ['proof/faults/faults.large', '--silent=false'], { ...settings, ...proxies });
    return readOutcomes();
  } finally {
    await stop();
    stop = undefined;
    delete process.env['CONCORDAT_BUILD'];
  }
}

/** The same command, once more: a process cannot leave the network that it was started in. */
async function inOwnNetwork(rows: readonly number[], seed: number): Promise<Outcome[]> {
  rmSync(RAW, { force: true });
  const chosen = rows.flatMap((row) => ['--row', String(row)]);
  const again = againInOwnNetwork([...chosen, '--seed', String(seed), '--port-base', String(portBase)]);
  stop = async () => {
    again.stop();
    await again.ended;
  };
  await again.ended;
  stop = undefined;
  return readOutcomes();
}

const readOutcomes = (): Outcome[] => readLines(RAW).map((line) => JSON.parse(line) as Outcome);

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

async function keep(newer: Partial<Outcomes>): Promise<void> {
  keepOutcomes(newer);
  const filepath = join(ROOT, PAGE);
  const page = faultsPage(FAULTS, MUTANTS, keptOutcomes());
  writeFileSync(filepath, await format(page, { ...(await resolveConfig(filepath)), filepath }));
}

/** One line a row; returns whether every one is green. A row without an outcome never ran: that is red as well. */
async function faults(rows: readonly number[], seed: number): Promise<boolean> {
  reporter.say(`--seed ${seed} repeats this run`);
  const runnable = FAULTS.filter(({ row, missing }) => rows.includes(row) && missing === undefined);
  const outcomes: Outcome[] = [];
  for (const group of bySystem(runnable.map(({ row }) => row))) {
    const away = group.on === 'own network' && !isInOwnNetwork();
    outcomes.push(...(await (away ? inOwnNetwork(group.rows, seed) : judge(group.on, group.rows, seed))));
  }
  const newer: Record<string, Outcome | Skipped> = {};
  for (const { row, fault, missing } of FAULTS) {
    if (!rows.includes(row)) continue;
    const outcome = outcomes.find((one) => one.row === row);
    const name = `${String(row).padStart(2)} ${fault}`;
    if (missing !== undefined) {
      reporter.say(reporter.styled(`–  ${name}: skipped: ${missing}`, 'dim'));
      newer[row] = { row, skipped: missing };
    } else if (!outcome) reporter.warn(`✗  ${name}: ended without an outcome`);
    else {
      newer[row] = outcome;
      if (isGreen(outcome)) reporter.say(`${reporter.styled('✓', 'green')}  ${name}: ${brief(outcome)}`);
      else reporter.warn(`✗  ${name}: ${brief(outcome)}`);
    }
  }
  await keep({ rows: newer });
  return outcomes.length === runnable.length && outcomes.every(isGreen);
}

/** Each on a copy of what was built; returns whether every mutant was found out. */
async function mutate(rows: readonly number[], seed: number): Promise<boolean> {
  reporter.say(`--seed ${seed} repeats this run`);
  let all = true;
  for (const mutant of MUTANTS.filter(({ row }) => rows.includes(row))) {
    const on = FAULTS.find(({ row }) => row === mutant.row)?.on;
    const [outcome] = await judge(on, [mutant.row], seed, damagedBuild(mutant));
    const foundOut = outcome !== undefined && outcome.found[mutant.finds].length > 0;
    const seen = outcome ? brief(outcome) : 'ended without an outcome';
    if (foundOut)
      reporter.say(`${reporter.styled('✓', 'green')}  found out: ${mutant.name}, row ${mutant.row}: ${seen}`);
    else reporter.warn(`✗  not found out: ${mutant.name}, row ${mutant.row}: ${seen}`);
    await keep({ mutants: { [mutant.name]: { foundOut, seen } } });
    all &&= foundOut;
  }
  return all;
}

/** A copy of what was built, with the damage done. */
function damagedBuild(mutant: Mutant): string {
  const folder = join(HOME, 'mutant');
  const dist = join(folder, 'dist');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(ROOT, 'dist'), dist, { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  applyMutant(mutant, dist);
  return dist;
}

const { values } = parseArgs({
  options: {
    row: { type: 'string', multiple: true },
    seed: { type: 'string' },
    minutes: { type: 'string' },
    mutate: { type: 'boolean', default: false },
    'port-base': { type: 'string', default: '9500' },
    help: { type: 'boolean', default: false },
  },
});
const known = FAULTS.map(({ row }) => row);
const rows = values.row?.map(Number) ?? known;
const portBase = Number(values['port-base']);
const numbers = [...rows, portBase, Number(values.seed ?? 0), Number(values.minutes ?? 0)];
if (values.help || numbers.some(Number.isNaN) || rows.some((row) => !known.includes(row))) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}
mkdirSync(HOME, { recursive: true });
const until = Date.now() + Number(values.minutes ?? 0) * 60_000;
let seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
let green: boolean;
do {
  green = await (values.mutate ? mutate(rows, seed) : faults(rows, seed));
  seed += 1;
} while (green && Date.now() < until);
process.exit(green ? 0 : 1);
