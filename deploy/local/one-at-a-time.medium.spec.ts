import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing';
import { CannotStart, claimDirectory } from './one-at-a-time.ts';

const NO_SUCH_PROCESS = 999_999_999;
const WAITS = ['-e', 'setInterval(() => {}, 1_000)'];

/** Claims each directory that it reads from its input, and writes whether it holds it. */
const CLAIMER = `
  import { createInterface } from 'node:readline';
  const { claimDirectory } = await import(${JSON.stringify(`${import.meta.dirname}/one-at-a-time.ts`)});
  console.log('ready');
  for await (const directory of createInterface({ input: process.stdin })) {
    let holds = true;
    try { claimDirectory(directory); } catch { holds = false; }
    console.log(String(holds));
  }`;

describe('a data directory', () => {
  let directory: string;
  let file: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'concordat-claim-'));
    file = join(directory, 'stack.pid');
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });

  function statOf(pid: number): string[] {
    return (
      readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .split(') ')
        .at(-1)
        ?.split(' ') ?? []
    );
  }

  function heldBy(pid: number): void {
    writeFileSync(file, `${String(pid)} ${statOf(pid)[19] ?? ''}`);
  }

  function runAnother(): number {
    const child = spawn(process.execPath, WAITS, { stdio: 'ignore' });
    children.push(child);
    return child.pid ?? 0;
  }

  it('has one holder at a time, whichever program runs it', () => {
    if (process.platform !== 'linux') return;
    heldBy(runAnother());
    expect(() => claimDirectory(directory)).toThrow(CannotStart);
  });

  it('has one holder within a process, and is free again after that holder released it', () => {
    const release = claimDirectory(directory);
    expect(() => claimDirectory(directory)).toThrow(CannotStart);
    release();
    expect(readdirSync(directory)).toEqual([]);
    claimDirectory(directory)();
  });

  it('is not released by a process that does not hold it any more', () => {
    const release = claimDirectory(directory);
    writeFileSync(file, String(NO_SUCH_PROCESS));
    release();
    expect(existsSync(file)).toBe(true);
  });

  it('belongs to a running process whose start is not known', () => {
    writeFileSync(file, String(runAnother()));
    expect(() => claimDirectory(directory)).toThrow(CannotStart);
  });

  it.each([
    ['empty', ''],
    ['no number', 'no number'],
    ['that of a process that ended', String(NO_SUCH_PROCESS)],
    ['that of an earlier process with this id', `${String(process.pid)} 1`],
  ])('is free if its claim is %s', (_, claim) => {
    writeFileSync(file, claim);
    writeFileSync(join(directory, 'run.json'), '{}');
    claimDirectory(directory);
    expect(readdirSync(directory)).toEqual(['stack.pid']);
  });

  it('is free if a process was killed while it claimed the directory of another dead one', () => {
    for (const left of [file, `${file}.next`, `${file}.next.next`])
      writeFileSync(left, String(NO_SUCH_PROCESS));
    claimDirectory(directory);
    expect(readdirSync(directory)).toEqual(['stack.pid']);
  });

  it('is free if the id of its holder belongs to a program that started later', () => {
    if (process.platform !== 'linux') return;
    writeFileSync(file, `${String(runAnother())} 1`);
    expect(() => claimDirectory(directory)).not.toThrow();
  });

  it('is free if its holder was killed and its parent has not collected it', async () => {
    if (process.platform !== 'linux') return;
    // The shell becomes `sleep`, which never collects the child that the shell had.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 61'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(parent);
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const pid = Number(line);
    await eventually(() => readFileSync(`/proc/${String(parent.pid)}/comm`, 'utf8').trim() === 'sleep');
    heldBy(pid);
    expect(() => claimDirectory(directory)).toThrow(CannotStart);
    process.kill(pid, 'SIGKILL');
    await eventually(() => statOf(pid)[0] === 'Z');
    expect(() => claimDirectory(directory)).not.toThrow();
  });

  it('has one holder if several programs start at once after the last one was killed', async () => {
    const claimers = [1, 2, 3].map(() => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', CLAIMER], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      children.push(child);
      return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
    });
    const answers = async (): Promise<string[]> =>
      Promise.all(claimers.map(async ({ lines }) => String((await lines.next()).value)));
    expect(await answers()).toEqual(['ready', 'ready', 'ready']);
    for (let round = 0; round < 150; round += 1) {
      const place = join(directory, String(round));
      mkdirSync(place);
      writeFileSync(join(place, 'stack.pid'), String(NO_SUCH_PROCESS));
      for (const { child } of claimers) child.stdin.write(`${place}\n`);
      expect((await answers()).filter((holds) => holds === 'true')).toEqual(['true']);
    }
  });
});
