import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { attach, NotStarted } from './running-stack.ts';

const dir = mkdtempSync(join(tmpdir(), 'run-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

describe('the description of the running stack', () => {
  it.each([
    ['does not exist', 'absent.json', undefined, 'does not exist. Start the system first'],
    [
      'is not UTF-8',
      'latin1.json',
      '{\n"urls": "Caf\u00e9"}',
      'latin1.json is not UTF-8 in line 2. Stop the system, then start it again: npm start',
    ],
    ['is not JSON', 'cut.json', '{', 'cut.json is not JSON'],
    ['was written by another version', 'old.json', '{"urls":{},"kafka":{}}', 'old.json has no forces, staff'],
  ])('is refused when it %s', async (_, name, content, says) => {
    const path = join(dir, name);
    if (content !== undefined) writeFileSync(path, Buffer.from(content, 'latin1'));
    const attached = attach(path);
    await expect(attached).rejects.toThrow(NotStarted);
    await expect(attached).rejects.toThrow(says);
  });
});
