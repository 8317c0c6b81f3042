import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './deployment.ts';

const run = promisify(execFile);

describe('npm start -- --help', () => {
  it('answers before anything is installed, and installs nothing', async () => {
    const clone = mkdtempSync(join(tmpdir(), 'concordat-fresh-'));
    try {
      for (const file of ['package.json', 'package-lock.json', 'deploy/local'])
        cpSync(join(ROOT, file), join(clone, file), { recursive: true });
      const { stdout } = await run('npm', ['start', '--silent', '--', '--help'], {
        cwd: clone,
        timeout: 20_000,
      });
      expect(stdout).toMatch(/^npm start -- \[options\]\n/);
      for (const option of ['--quiet-forces', '--port-base N', '--data-dir DIR', '--logs'])
        expect(stdout).toContain(`\n  ${option}`);
      expect(readdirSync(clone).sort()).toEqual(['deploy', 'package-lock.json', 'package.json']);
    } finally {
      rmSync(clone, { recursive: true });
    }
  });
});
