import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CannotStart } from './one-at-a-time.ts';
import { terminalReporter } from './reporter.ts';
import { startStack, type Stack } from './stack.ts';
import { welcome } from './welcome.ts';

/** bootstrap.mjs prints the same file, before anything is installed. */
const USAGE = readFileSync(join(import.meta.dirname, 'start-usage.txt'), 'utf8').trimEnd();

const reporter = terminalReporter();
let stack: Stack | undefined;
let stopping = false;

function options(): Parameters<typeof startStack>[0] {
  const { values } = parseArgs({
    options: {
      'quiet-forces': { type: 'boolean', default: false },
      'port-base': { type: 'string', default: '7300' },
      'data-dir': { type: 'string', default: '.data' },
      logs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const portBase = Number(values['port-base']);
  if (!Number.isInteger(portBase) || portBase < 1024 || portBase > 65_000)
    throw new CannotStart('--port-base must be a number from 1024 to 65000');
  return {
    dataDirectory: values['data-dir'],
    portBase,
    quietForces: values['quiet-forces'],
    reporter,
    ...(values.logs
      ? { onLine: (name, line) => console.log(`${reporter.styled(name.padEnd(18), 'dim')} ${line}`) }
      : {}),
  };
}

/** The first signal stops everything in order and reports each step. The second kills everything at once. */
async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stopping) {
    reporter.say('Killing the remaining processes.');
    stack?.kill();
    process.exit(130);
  }
  stopping = true;
  if (!stack) {
    // The process guard stops what was started when this process ends.
    reporter.say('\nStopped before everything was ready.');
    process.exit(130);
  }
  reporter.say(`\n${signal}: stopping. Send it again to kill everything at once.`);
  await stack.stop();
  reporter.say('Stopped. All requests and answers are kept in the data directory for the next start.');
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stop(signal).catch((error: unknown) => {
      reporter.warn(`Could not stop cleanly: ${String(error)}`);
      process.exit(1);
    });
  });
}

const before = Date.now();
try {
  const chosen = options();
  reporter.say(reporter.styled('Concordat', 'bold'));
  stack = await startStack(chosen);
  reporter.say(welcome(stack, { seconds: (Date.now() - before) / 1000, styled: reporter.styled }));
} catch (error) {
  const parseError = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  reporter.warn(`\n${(error as Error).message}${parseError ? `\n\n${USAGE}` : ''}`);
  if (!(error instanceof CannotStart) && !parseError && process.env['DEBUG']) console.error(error);
  process.exit(1);
}
