import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { runJest } from '../tools/test/jest.ts';
import { portsFrom, ROOT } from '../deploy/local/deployment.ts';
import { silentReporter, terminalReporter } from '../deploy/local/reporter.ts';
import { startStack } from '../deploy/local/stack.ts';
import { FAULTS, type Fault } from './faults/catalogue.ts';
import { copyBuild } from './faults/copy-build.ts';
import { applyMutant, MUTANTS, type Mutant } from './faults/mutants.ts';
import {
  summarise,
  isGreen,
  saveOutcomes,
  readOutcomes,
  type Outcome,
  type Outcomes,
  type SkippedRow,
} from './faults/outcome.ts';
import { renderFaultsPage } from './faults/page.ts';
import { restartInOwnNetwork, isInOwnNetwork } from './network/own-network.ts';
import { startNetwork } from './network/start-network.ts';

const USAGE = `npm run faults -- [options]
  --row N        run only this row; give the option again for more rows
  --seed S       repeat the load and the random choices of an earlier run
  --minutes M    repeat with the next seeds until the time is over or a row fails
  --mutate       break one promise at a time in a copy of the built system; the row that tests it must fail
  --port-base N  first port; all other ports follow it (default 9500)
Starts its own PostgreSQL, Kafka and services in .data/faults. The newest outcome of each row is saved in
docs/reference/faults.json. docs/reference/faults.md is generated from that file.`;
const HOME = join(ROOT, '.data/faults');
const RAW = join(HOME, 'run.jsonl');
const PAGE = 'docs/reference/faults.md';

const reporter = terminalReporter();
let stop: (() => Promise<void>) | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void (stop?.() ?? Promise.resolve()).finally(() => process.exit(130)));
}

/** Groups the rows by the kind of system they need. Each group gets a new system. */
function groupBySystem(
  rows: readonly number[],
): { readonly on: Fault['on']; readonly rows: readonly number[] }[] {
  const chosen = FAULTS.filter(({ row }) => rows.includes(row));
  return [...Map.groupBy(chosen, ({ on }) => on)].map(([on, faults]) => ({
    on,
    rows: faults.map(({ row }) => row),
  }));
}

/**
 * Runs the rows on a new system and returns their outcomes. `build` is the folder of the built services,
 * when they are not those of this repository.
 */
async function runRows(
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
    return readRunOutcomes();
  } finally {
    await stop();
    stop = undefined;
    delete process.env['CONCORDAT_BUILD'];
  }
}

/** Runs this command again as a child process, because a process cannot leave the network it started in. */
async function runRowsInOwnNetwork(rows: readonly number[], seed: number): Promise<Outcome[]> {
  rmSync(RAW, { force: true });
  const chosen = rows.flatMap((row) => ['--row', String(row)]);
  const again = restartInOwnNetwork([...chosen, '--seed', String(seed), '--port-base', String(portBase)]);
  stop = async () => {
    again.stop();
    await again.ended;
  };
  await again.ended;
  stop = undefined;
  return readRunOutcomes();
}

const readRunOutcomes = (): Outcome[] => readLines(RAW).map((line) => JSON.parse(line) as Outcome);

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

async function savePage(newer: Partial<Outcomes>): Promise<void> {
  saveOutcomes(newer);
  const filepath = join(ROOT, PAGE);
  const page = renderFaultsPage(FAULTS, MUTANTS, readOutcomes());
  writeFileSync(filepath, await format(page, { ...(await resolveConfig(filepath)), filepath }));
}

/** Prints one line per row and returns whether all rows passed. A row without an outcome counts as failed. */
async function runFaults(rows: readonly number[], seed: number): Promise<boolean> {
  reporter.say(`Repeat this run with --seed ${seed}`);
  const runnable = FAULTS.filter(({ row, missing }) => rows.includes(row) && missing === undefined);
  const outcomes: Outcome[] = [];
  for (const group of groupBySystem(runnable.map(({ row }) => row))) {
    const needsOwnNetwork = group.on === 'own network' && !isInOwnNetwork();
    outcomes.push(
      ...(await (needsOwnNetwork
        ? runRowsInOwnNetwork(group.rows, seed)
        : runRows(group.on, group.rows, seed))),
    );
  }
  const newer: Record<string, Outcome | SkippedRow> = {};
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
      if (isGreen(outcome)) reporter.say(`${reporter.styled('✓', 'green')}  ${name}: ${summarise(outcome)}`);
      else reporter.warn(`✗  ${name}: ${summarise(outcome)}`);
    }
  }
  await savePage({ rows: newer });
  return outcomes.length === runnable.length && outcomes.every(isGreen);
}

/** Runs each mutant on a copy of the build and returns whether every mutant was detected. */
async function runMutants(rows: readonly number[], seed: number): Promise<boolean> {
  reporter.say(`Repeat this run with --seed ${seed}`);
  let allDetected = true;
  for (const mutant of MUTANTS.filter(({ row }) => rows.includes(row))) {
    const on = FAULTS.find(({ row }) => row === mutant.row)?.on;
    const [outcome] = await runRows(on, [mutant.row], seed, damageBuild(mutant));
    const foundOut = outcome !== undefined && outcome.found[mutant.finds].length > 0;
    const seen = outcome ? summarise(outcome) : 'ended without an outcome';
    if (foundOut)
      reporter.say(`${reporter.styled('✓', 'green')}  detected: ${mutant.name}, row ${mutant.row}: ${seen}`);
    else reporter.warn(`✗  not detected: ${mutant.name}, row ${mutant.row}: ${seen}`);
    await savePage({ mutants: { [mutant.name]: { foundOut, seen } } });
    allDetected &&= foundOut;
  }
  return allDetected;
}

/** Copies the build and applies the mutant to the copy. */
function damageBuild(mutant: Mutant): string {
  const folder = join(HOME, 'mutant');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const build = copyBuild(folder);
  applyMutant(mutant, build);
  return build;
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
  green = await (values.mutate ? runMutants(rows, seed) : runFaults(rows, seed));
  seed += 1;
} while (green && Date.now() < until);
process.exit(green ? 0 : 1);
