import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../deploy/local/deployment.ts';
import { ACCEPTED_LICENCES, componentsOf, softwareBill } from './supply-chain.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('an installed package', () => {
  it('has an accepted licence if it runs in a service', () => {
    const unacceptedIn = (lockfile: string): string[] =>
      componentsOf(lockfile)
        .filter(({ development, licence }) => !development && !ACCEPTED_LICENCES.includes(licence ?? ''))
        .map(({ name, licence }) => `${name}: ${licence ?? 'not stated'}`);
    expect(unacceptedIn(read('package-lock.json'))).toEqual([]);
    const withGpl = {
      packages: {
        '': {},
        'node_modules/a': { version: '1.0.0', license: 'GPL-3.0' },
        'node_modules/b': { version: '1.0.0' },
      },
    };
    expect(unacceptedIn(JSON.stringify(withGpl))).toEqual(['a: GPL-3.0', 'b: not stated']);
  });

  it('runs no install script unless it is allowed by name', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { hasInstallScript?: boolean; os?: string[]; cpu?: string[] }>;
    };
    const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
    const scripted = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    expect(scripted.filter((name) => !(name in allowScripts))).toEqual([]);
    const bootstrap = read('deploy/local/bootstrap.mjs');
    expect(bootstrap).toContain("'--ignore-scripts'");
    expect(read('deploy/compose/Dockerfile')).toMatch(/npm ci [^\n]*--ignore-scripts/);
  });

  it('is listed with the hash that npm checks', () => {
    const bill = JSON.parse(softwareBill(componentsOf(read('package-lock.json')))) as {
      components: { name: string; hashes: { alg: string; content: string }[] }[];
    };
    const fastify = bill.components.find(({ name }) => name === 'fastify');
    expect(fastify?.hashes).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }]);
    expect(bill.components.find(({ name }) => name === 'jest')).toBeUndefined();
  });
});
