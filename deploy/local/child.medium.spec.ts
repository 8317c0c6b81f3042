import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually } from '#testing';
import { startChild, untilReady } from './child.ts';

const folders: string[] = [];
const folder = (): string => {
  const created = mkdtempSync(join(tmpdir(), 'concordat-child-'));
  folders.push(created);
  return created;
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
  it('ends with the process that started it, even if that is killed with -9', async () => {
    const logFile = join(folder(), 'sleeper.log');
    const script = `
      const { startChild } = await import(${JSON.stringify(new URL('./child.ts', import.meta.url).href)});
      const child = await startChild({ name: 'sleeper', command: 'sleep', args: ['600'], logFile: ${JSON.stringify(logFile)} });
      console.log(child.pid);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.once('data', (text: Buffer) => {
        resolve(Number(text.toString()));
      });
    });
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await eventually(() => !isAlive(pid), { says: 'the end of the orphan' })).toBe(true);
  });

  it('shows the last lines of its log, and its path, when it ends before it is ready', async () => {
    const logFile = join(folder(), 'broken.log');
    const child = await startChild({
      name: 'broken',
      command: 'sh',
      args: ['-c', 'echo "no such database" >&2; exit 3'],
      logFile,
    });
    const never = new Promise(() => undefined);
    await expect(untilReady(child, never, 10_000)).rejects.toThrow(
      /broken ended \(3\) before it was ready[^]*broken\.log[^]*no such database/,
    );
  });

  it('is stopped if it was not ready in time, because the next attempt needs its port', async () => {
    const child = await startChild({
      name: 'slow',
      command: 'sleep',
      args: ['600'],
      logFile: join(folder(), 'slow.log'),
    });
    await expect(untilReady(child, new Promise(() => undefined), 50)).rejects.toThrow(
      'slow was not ready after 0.05 s',
    );
    expect(isAlive(child.pid)).toBe(false);
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

  it('keeps the lines before a crash in its log when it runs again', async () => {
    const logFile = join(folder(), 'crashing.log');
    const start = (says: string) =>
      startChild({
        name: 'crashing',
        command: 'sh',
        args: ['-c', `echo "${says}"; sleep 600 & wait`],
        logFile,
      });
    const first = await start('the reason of the crash');
    await eventually(() => readFileSync(logFile, 'utf8').includes('the reason of the crash'));
    first.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    const second = await start('the second life');
    await eventually(() => readFileSync(logFile, 'utf8').includes('the second life'));
    second.kill('SIGKILL');
    await second.ended;

    expect(readFileSync(logFile, 'utf8')).toMatch(
      new RegExp(
        `process ${String(first.pid)} started[^]*the reason of the crash[^]*process ${String(first.pid)} ended \\(SIGKILL\\)` +
          `[^]*process ${String(second.pid)} started[^]*the second life[^]*process ${String(second.pid)} ended`,
      ),
    );
  });

  it('shows only its own log lines, not those of an earlier process', async () => {
    const logFile = join(folder(), 'broken.log');
    const start = (says: string) =>
      startChild({ name: 'broken', command: 'sh', args: ['-c', `echo "${says}"; exit 3`], logFile });
    await (
      await start('an old fault')
    ).ended;
    const child = await start('the present fault');
    const failure = await untilReady(child, new Promise(() => undefined), 10_000).catch(
      (error: Error) => error.message,
    );
    expect(failure).toContain('the present fault');
    expect(failure).not.toContain('an old fault');
  });

  it('sets its log aside at the given size, and keeps the given number of files', async () => {
    const logFile = join(folder(), 'talkative.log');
    const logLimits = { bytesMax: 1_000, files: 3 };
    const script = 'i=1; while [ $i -le 400 ]; do echo "line $i of four hundred"; i=$((i + 1)); done';
    const child = await startChild({
      name: 'talkative',
      command: 'sh',
      args: ['-c', script],
      logFile,
      logLimits,
    });
    await child.ended;
    const files = readdirSync(dirname(logFile)).sort();
    expect(files).toEqual(['talkative.1.log', 'talkative.2.log', 'talkative.log']);
    for (const file of files) expect(statSync(join(dirname(logFile), file)).size).toBeLessThanOrEqual(1_000);
    const kept = ['talkative.2.log', 'talkative.1.log', 'talkative.log'].map((file) =>
      readFileSync(join(dirname(logFile), file), 'utf8'),
    );
    const numbers = [...kept.join('').matchAll(/^line (\d+) of/gm)].map(([, number]) => Number(number));
    expect(numbers.at(-1)).toBe(400);
    expect(numbers).toEqual(
      Array.from({ length: numbers.length }, (_, index) => 401 - numbers.length + index),
    );
    expect(numbers.length).toBeGreaterThan(80);
  });

  it('writes a log that other users cannot read', async () => {
    const logFile = join(folder(), 'quiet.log');
    const child = await startChild({ name: 'quiet', command: 'true', args: [], logFile });
    expect(await child.ended).toBe(0);
    expect(statSync(logFile).mode & 0o777).toBe(0o600);
  });
});
