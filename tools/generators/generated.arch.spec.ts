import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../deploy/local/deployment.ts';
import { generatedFiles } from './index.ts';

describe('generated files', () => {
  it('are up to date; run `npm run generate` if this fails', async () => {
    for (const { path, content } of await generatedFiles()) {
      expect({ path, content: readFileSync(join(ROOT, path), 'utf8') }).toEqual({ path, content });
    }
  });
});
