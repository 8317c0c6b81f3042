import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#testing';
import { startChild, untilReady } from './child.ts';
import { silentReporter } from './reporter.ts';
import { Supervisor, type ManagedProcess } from './supervisor.ts';

const folder = mkdtempSync(join(tmpdir(), 'concordat-supervisor-'));
let supervisor: Supervisor | undefined;
afterEach(async () => {
  await supervisor?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * Returns a start function that runs the next script each time. A process is ready when it prints "ready".
 */
function starting(...scripts: string[]): () => Promise<ManagedProcess> {
  return async () => {
    let ready = (): void => undefined;
    const isReady = new Promise<void>((done) => (ready = done));
    const child = await startChild({
      name: 'sleeper',
      command: 'sh',
      args: ['-c', scripts.shift() ?? 'exit 9'],
      logFile: join(folder, 'sleeper.log'),
      onLine: (line) => {
        if (line === 'ready') ready();
      },
    });
    await untilReady(child, isReady, 10_000);
    return { process: child, stop: () => child.stop('SIGKILL') };
  };
}

const RUNS_ON = 'echo ready; exec sleep 600';

describe('the supervisor of the local start', () => {
  it('reports what happens next when a process ends twice, and when it is ready again', async () => {
    const lines: string[] = [];
    const note = (line: string): void => void lines.push(line.trim());
    supervisor = new Supervisor({ ...silentReporter, say: note, warn: note }, folder, () => undefined);
    const first = await supervisor.keep(
      0,
      'sleeper',
      starting(RUNS_ON, 'echo "out of memory"; exit 4', RUNS_ON),
    );
    first.process.kill('SIGKILL');
    await eventually(() => lines.some((line) => line.includes('is ready again')), {
      says: 'the return of the sleeper',
    });

    expect(lines).toEqual([
      expect.stringMatching(/^sleeper ended \(SIGKILL\) and is started again; its log: .*sleeper\.log$/),
      expect.stringMatching(
        /^sleeper did not start; next attempt in 0\.5 s: sleeper ended \(4\) before it was ready\.[^]*out of memory/,
      ),
      expect.stringMatching(/^sleeper is ready again, \d+\.\d s after it ended$/),
    ]);
  });
});
