import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runJest, TIERS, type Tier } from './jest.ts';
import { ROOT } from '../../deploy/local/deployment.ts';
import { startTestServers } from './test-servers.ts';
import { terminalReporter } from '../../deploy/local/reporter.ts';
import { startStack } from '../../deploy/local/stack.ts';

/**
 * `npm test [-- small|arch|medium|large [part of a path] [Jest options]]` runs the tiers in order. It starts
 * the servers that each tier needs, and stops them afterwards. The last line has the totals.
 */
const reporter = terminalReporter();
const [first, ...rest] = process.argv.slice(2);
const one = TIERS.find((tier) => tier === first);
const patterns = one ? rest : process.argv.slice(2);
const LARGE_PORT_BASE = 9300;
/** Tests kill services and wait for this session each time. `npm run faults` keeps the usual 30 seconds. */
const LARGE_SESSION_SECONDS = '12';

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

type Stop = () => Promise<void>;
let stopCurrent: Stop | undefined;

/** Starts what a tier needs. Returns the environment of its tests, and how to stop it. */
const PREPARE: Record<Tier, () => Promise<{ env: Record<string, string>; stop: Stop }>> = {
  small: nothing,
  arch: nothing,
  async medium() {
    const started = await reporter.step('PostgreSQL and Kafka', () =>
      startTestServers(join(ROOT, '.data/test-medium')),
    );
    const env = {
      TEST_PG_URL: started.servers.pgUrl,
      TEST_KAFKA_BROKERS: started.servers.kafkaBrokers,
      TEST_KAFKA_ADMIN_USERNAME: started.servers.kafkaAdmin.username,
      TEST_KAFKA_ADMIN_PASSWORD: started.servers.kafkaAdmin.password,
    };
    return { env, stop: () => started.stop() };
  },
  large: wholeSystem,
};

async function wholeSystem(): Promise<{ env: Record<string, string>; stop: Stop }> {
  const dataDirectory = join(ROOT, '.data/large');
  rmSync(dataDirectory, { recursive: true, force: true });
  // The services of the stack, and the replicas that a test starts, inherit this.
  process.env['KAFKA_SESSION_SECONDS'] ??= LARGE_SESSION_SECONDS;
  const { DATABASE_URL: _database, KAFKA_BROKERS: _brokers, ...env } = process.env;
  const stack = await startStack({
    dataDirectory,
    portBase: LARGE_PORT_BASE,
    quietForces: true,
    reporter,
    env,
  });
  return { env: { CONCORDAT_RUN: stack.runFile }, stop: () => stack.stop() };
}

async function nothing(): Promise<{ env: Record<string, string>; stop: Stop }> {
  return { env: {}, stop: async () => undefined };
}

async function runTier(tier: Tier): Promise<Tally> {
  const since = Date.now();
  reporter.say(reporter.styled(`\n${tier} tests`, 'bold'));
  const results = join(ROOT, '.data/test-results', `${tier}.json`);
  mkdirSync(join(ROOT, '.data/test-results'), { recursive: true });
  rmSync(results, { force: true });
  let tally: Tally;
  try {
    const { env, stop } = await PREPARE[tier]();
    stopCurrent = stop;
    try {
      const code = await runJest(tier, ['--json', `--outputFile=${results}`, ...patterns], env);
      tally = tallyOf(results, code);
    } finally {
      stopCurrent = undefined;
      await stop();
    }
  } catch (error) {
    reporter.warn((error as Error).message);
    tally = { passed: 0, failed: 1, skipped: 0 };
  }
  reporter.say(
    `${tier}: ${String(tally.passed)} passed, ${String(tally.failed)} failed after ${((Date.now() - since) / 1000).toFixed(1)} s`,
  );
  return tally;
}

/**
 * Counts the results. A suite that could not be read counts as one failure, and so does a Jest run that
 * failed without a failed test.
 */
function tallyOf(file: string, exitCode: number): Tally {
  const found = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  const count = (name: string): number => found[name] ?? 0;
  const failed = count('numFailedTests') + count('numRuntimeErrorTestSuites');
  return {
    passed: count('numPassedTests'),
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: count('numPendingTests') + count('numTodoTests'),
  };
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Jest gets the signal as well. Only the servers of the tests must be stopped here.
    void (stopCurrent?.() ?? Promise.resolve()).finally(() => process.exit(130));
  });
}

const tallies: Tally[] = [];
for (const tier of one ? [one] : TIERS) tallies.push(await runTier(tier));
const sum = (of: keyof Tally): number => tallies.reduce((total, tally) => total + tally[of], 0);
reporter.say(
  `\n${String(sum('passed'))} passed, ${String(sum('failed'))} failed${sum('skipped') > 0 ? `, ${String(sum('skipped'))} skipped` : ''}`,
);
process.exit(sum('failed') === 0 ? 0 : 1);
