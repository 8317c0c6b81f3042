import { loadUnitDefinitions } from '#unit';
import { attach, NotStarted, runFileOf } from '#client';
import { Demonstration } from './demonstration/demonstration.ts';
import { formatReport, reportRows } from './demonstration/report.ts';
import { silenceLog } from './json-log.ts';
import { InventedWork } from './work/invented-work.ts';

const USAGE = `Usage: npm run demo [-- --requests <number>] [--run <run.json>] [--json]

Sends invented requests of every type over REST and Kafka for every force, lets simulated staff work on them, and accounts for each one.`;
const REQUESTS = 150;
const REQUESTS_MAX = 20_000;
const LIMITS = { giveUpAfterMs: 60_000 };
/** The run counts as stuck if no request ends for this long. */
const WITHOUT_PROGRESS_MS = 60_000;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof NotStarted)) throw error;
  console.error(error.message);
  return 2;
});

async function main(argv: readonly string[]): Promise<number> {
  const place = argv.indexOf('--requests');
  const requests = place >= 0 ? Number(argv[place + 1]) : REQUESTS;
  if (argv.includes('--help') || !Number.isInteger(requests) || requests < 1 || requests > REQUESTS_MAX) {
    console.error(`${USAGE}\n<number> must be from 1 to ${REQUESTS_MAX}.`);
    return 2;
  }
  const stack = await attach(runFileOf(argv, process.env));
  silenceLog();
  const began = performance.now();
  const demonstration = new Demonstration(
    stack,
    new InventedWork(await loadUnitDefinitions(Object.keys(stack.urls.units))),
    LIMITS,
  );
  await demonstration.open();
  console.error(
    `${requests} requests of ${Object.keys(stack.forces).length} forces to ${Object.keys(stack.urls.units).length} units …`,
  );
  await demonstration.submit(requests);
  const finished = await demonstration.settle(WITHOUT_PROGRESS_MS);
  const differences = await demonstration.reconcile(10_000);
  await demonstration.close();

  const { entries } = demonstration.sheet;
  const rows = reportRows(entries);
  const wronglyTaken = entries.filter(({ mustBeRefused, end }) => mustBeRefused && end !== 'refused');
  const wronglyRefused = entries.filter(({ mustBeRefused, end }) => !mustBeRefused && end === 'refused');
  const seconds = (performance.now() - began) / 1000;
  if (argv.includes('--json'))
    console.log(JSON.stringify({ rows, differences, faults: demonstration.faults, seconds }));
  else console.log(formatReport(rows, entries));

  for (const { force, unit, accepted, found } of differences) {
    console.error(`NOT RECONCILED ${force} ${unit}: intake accepted ${accepted}, the unit has ${found}`);
  }
  for (const { force, type, reference, end } of wronglyTaken)
    console.error(`NOT REFUSED ${force} ${type} ${reference}: ${end ?? 'still open'}`);
  for (const { force, type, reference, why } of wronglyRefused)
    console.error(`REFUSED ${force} ${type} ${reference}: ${why ?? ''}`);
  for (const fault of demonstration.faults) console.error(`FAULT ${fault}`);
  if (!finished) console.error(`NOT FINISHED: ${demonstration.sheet.unfinished} requests are still open`);
  const sound =
    finished &&
    [differences, wronglyTaken, wronglyRefused, demonstration.faults].every(({ length }) => length === 0);
  if (sound)
    console.error(
      `Reconciles to zero: accepted = queued + open + answered + declined + withdrawn + dead-lettered, in ${seconds.toFixed(1)} s.`,
    );
  return sound ? 0 : 1;
}
