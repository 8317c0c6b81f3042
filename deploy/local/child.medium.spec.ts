import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#testing';
import { startChild, untilReady } from './child.ts';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'concordat-child-'));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true });
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a process of the local start', () => {
  it('does not outlive the one that started it, even when that is killed with -9', async () => {
    const logFile = join(folder(), 'sleeper.log');
    const script = `
      const { startChild } = await import(${JSON.stringify(new URL('./child.ts', import.meta.url).href)});
      const child = await startChild({ name: 'sleeper', command: 'sleep', args: ['600'], logFile: ${JSON.stringify(logFile)} });
      console.log(child.pid);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.once('data', (text: Buffer) => {
        resolve(Number(text.toString()));
      });
    });
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await eventually(() => !isAlive(pid), { says: 'the end of the orphan' })).toBe(true);
  });

  it('shows the last lines of its log, and where the log is, when it ends before it is ready', async () => {
    const logFile = join(folder(), 'broken.log');
    const child = await startChild({ name: 'broken', command: 'sh', args: ['-c', 'echo "no such database" >&2; exit 3'], logFile });
    const never = new Promise(() => undefined);
    await expect(untilReady(child, never, 10_000)).rejects.toThrow(
      /broken ended \(3\) before it was ready[^]*broken\.log[^]*no such database/,
    );
  });

  it('is killed when it does not stop in time', async () => {
    const logFile = join(folder(), 'stubborn.log');
    const child = await startChild({
      name: 'stubborn',
      command: 'sh',
      args: ['-c', 'trap "" TERM; echo ready; sleep 600 & wait; wait'],
      logFile,
    });
    await eventually(() => readFileSync(logFile, 'utf8').includes('ready'));
    expect(await child.stop('SIGTERM', 100)).toBe('killed');
    expect(await child.ended).toBe('SIGKILL');
  });

  it('keeps its log from other users', async () => {
    const logFile = join(folder(), 'quiet.log');
    const child = await startChild({ name: 'quiet', command: 'true', args: [], logFile });
    expect(await child.ended).toBe(0);
    expect(statSync(logFile).mode & 0o777).toBe(0o600);
  });
});
