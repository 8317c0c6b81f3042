import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#testing';
import { startChild, untilReady } from './child.ts';
import { silentReporter } from './reporter.ts';
import { Supervisor, type Part } from './supervisor.ts';

const folder = mkdtempSync(join(tmpdir(), 'concordat-supervisor-'));
let supervisor: Supervisor | undefined;
afterEach(async () => {
  await supervisor?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts one process for each script, in turn; a process is ready when it prints "ready". */
function starting(...scripts: string[]): () => Promise<Part> {
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

const WELL = 'echo ready; exec sleep 600';

describe('the supervisor of the local start', () => {
  it('says of a part that ends twice what happens next, and when it is ready again', async () => {
    const said: string[] = [];
    const note = (line: string): void => void said.push(line.trim());
    supervisor = new Supervisor({ ...silentReporter, say: note, warn: note }, folder, () => undefined);
    const first = await supervisor.keep(0, 'sleeper', starting(WELL, 'echo "out of memory"; exit 4', WELL));
    first.process.kill('SIGKILL');
    await eventually(() => said.some((line) => line.includes('is ready again')), {
      says: 'the return of the sleeper',
    });

    expect(said).toEqual([
      expect.stringMatching(/^sleeper ended \(SIGKILL\) and is started again; its log: .*sleeper\.log$/),
      expect.stringMatching(
        /^sleeper is tried again in 0\.5 s: sleeper ended \(4\) before it was ready\.[^]*out of memory/,
      ),
      expect.stringMatching(/^sleeper is ready again, \d+\.\d s after it ended$/),
    ]);
  });
});
