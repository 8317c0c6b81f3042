import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Provider } from 'oidc-provider';
import { addSignInPages } from './identity-provider-sign-in.ts';

describe('in production, the development identity provider', () => {
  it('ends its process before it listens', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'identity-provider.ts')], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: '0',
        CLIENTS_FILE: join(tmpdir(), 'clients.json'),
        DATA_DIR: tmpdir(),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (chunk) => (printed += String(chunk)));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(printed).toContain('does not run with NODE_ENV=production');
    expect(printed).not.toContain('listening');
  });

  it('has no sign-in page', () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      expect(() => addSignInPages({} as Provider, new Map(), [])).toThrow('NODE_ENV=production');
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });
});
