import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { GaveUp } from '#client';
import { forcesFrom } from '#kernel';
import { forceSystem } from './attach/force-system.ts';
import { attach, NotStarted, runFileOf } from '#client';
import { linesOf } from './police-street/csv-lines.ts';
import { StreetImport } from './police-street/import-rows.ts';
import { intakeReceiver } from './police-street/intake-receiver.ts';
import { Progress, summary } from './police-street/progress.ts';
import { readHeaderLine } from './police-street/street-row.ts';

const USAGE = `Usage: npm run import -- police-street <csv…> [--json] [--run <run.json>] [--give-up-after <seconds>]

Imports street-level rows of data.police.uk as crime reports of the force in the column "Reported by".
Running it again adds nothing. The exit code is 0 only if every row is accounted for and no crime lacks its id.`;

/**
 * The number of rows in flight over all forces. It is enough to share commits, and far below intake's bound.
 */
const CONCURRENCY = 64;
/** The seconds that a row may wait for a definite answer. A restart of intake takes much less. */
const GIVE_UP_AFTER_SECONDS = 120;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof NotStarted)) throw error;
  console.error(error.message);
  return 2;
});

async function main(argv: readonly string[]): Promise<number> {
  const valued = ['--run', '--give-up-after'];
  const [source, ...files] = argv.filter(
    (argument, index) => !argument.startsWith('--') && !valued.includes(argv[index - 1] ?? ''),
  );
  if (source !== 'police-street' || files.length === 0 || argv.includes('--help')) {
    console.error(USAGE);
    return 2;
  }
  const giveUp = argv.indexOf('--give-up-after');
  const giveUpAfterMs = (giveUp >= 0 ? Number(argv[giveUp + 1]) : GIVE_UP_AFTER_SECONDS) * 1000;
  if (!(giveUpAfterMs > 0)) {
    console.error(`--give-up-after must be a number of seconds above 0.\n\n${USAGE}`);
    return 2;
  }

  const stack = await attach(runFileOf(argv, process.env));
  let rowsExpected = 0;
  for (const file of files) {
    try {
      await refuseAnotherKind(file);
      rowsExpected += await countRows(file);
    } catch (error) {
      console.error(`${file}: ${(error as Error).message}`);
      return 2;
    }
  }

  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const forces = forcesFrom(process.env);
  const startedAt = new Date();
  const began = performance.now();
  const progress = new Progress(rowsExpected);
  const limits = { giveUpAfterMs, signal: stop.signal, onRetry: (why: string) => progress.wait(why) };
  const systems = new Map(
    forces
      .filter(({ slug }) => slug in stack.forces)
      .map(({ slug }) => [slug, forceSystem(slug, stack, limits).rest]),
  );
  const street = new StreetImport({
    forces: new Map(forces.map(({ name, slug }) => [name, slug])),
    receive: intakeReceiver(systems, startedAt),
    concurrency: CONCURRENCY,
    note: (sentence) => progress.note(sentence),
    signal: stop.signal,
  });
  progress.begin(street.accounting);
  let failure: Error | undefined;
  try {
    await street.run(files.map((file) => ({ name: basename(file), lines: linesOf(file) })));
  } catch (error) {
    failure = error as Error;
  }
  progress.end();

  const report = street.accounting.report((performance.now() - began) / 1000);
  const unread = rowsExpected - report.rows;
  if (stop.signal.aborted)
    console.error(
      `Interrupted: ${unread} rows were not read. Run the same command again, nothing is added twice.`,
    );
  else if (failure instanceof GaveUp)
    console.error(
      `Gave up at ${failure.message}; ${unread} rows were not read. Run the same command again, nothing is added twice.`,
    );
  else if (failure) console.error(`Stopped: ${failure.message}`);
  console.error(summary(report));
  if (argv.includes('--json')) console.log(JSON.stringify(report));
  return failure || stop.signal.aborted || report.unaccounted || unread !== 0 || report.withoutId > 0 ? 1 : 0;
}

/** Checks the kind of every file before anything is sent, so that a wrong file is reported at once. */
async function refuseAnotherKind(path: string): Promise<void> {
  for await (const line of linesOf(path)) {
    readHeaderLine(line);
    return;
  }
  throw new Error('the file is empty');
}

/**
 * Counts the non-empty lines below the header. Progress is measured against them, and all must be accounted
 * for.
 */
async function countRows(path: string): Promise<number> {
  const stream = createReadStream(path, { highWaterMark: 1024 * 1024 });
  let lines = 0;
  let characters = 0;
  stream.on('data', (chunk) => {
    for (const byte of chunk as Buffer) {
      if (byte === 0x0a) {
        if (characters > 0) lines += 1;
        characters = 0;
      } else if (byte !== 0x0d) characters += 1;
    }
  });
  await once(stream, 'end');
  return Math.max(0, lines + (characters > 0 ? 1 : 0) - 1);
}
