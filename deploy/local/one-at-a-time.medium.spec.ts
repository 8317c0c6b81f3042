import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CannotStart, claimDirectory } from './one-at-a-time.ts';

describe('a data directory', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'concordat-claim-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** Makes another running program the holder, whatever it is called. */
  function heldByAnother(): () => void {
    claimDirectory(directory);
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)'], { stdio: 'ignore' });
    const stat = readFileSync(`/proc/${String(child.pid)}/stat`, 'utf8');
    const start = stat.split(') ').at(-1)?.split(' ')[19] ?? '';
    writeFileSync(join(directory, 'stack.pid'), `${String(child.pid)} ${start}`);
    return () => child.kill('SIGKILL');
  }

  it('has one holder at a time, whichever program runs it', () => {
    if (process.platform !== 'linux') return;
    const end = heldByAnother();
    expect(() => claimDirectory(directory)).toThrow(CannotStart);
    end();
  });

  it('is free again after its holder released it', () => {
    claimDirectory(directory)();
    expect(() => claimDirectory(directory)).not.toThrow();
  });

  it('is free if the id of its holder belongs to a program that started later', () => {
    if (process.platform !== 'linux') return;
    const end = heldByAnother();
    const file = join(directory, 'stack.pid');
    writeFileSync(file, `${readFileSync(file, 'utf8').split(' ')[0] ?? ''} 1`);
    expect(() => claimDirectory(directory)).not.toThrow();
    end();
  });
});
