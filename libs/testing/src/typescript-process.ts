import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const HOOK = pathToFileURL(join(import.meta.dirname, 'typescript-hook.mjs')).href;

/** NODE_FLAGS of deploy/local/services.ts, so that measurements match those of a service. */
const AS_SERVICES_RUN = [
  '--disable-warning=TimeoutNegativeWarning',
  '--max-semi-space-size=4',
  '--max-old-space-size=768',
];

/**
 * Runs a TypeScript file in a process of its own, which a test can kill. Standard error is shared unless
 * ignored.
 */
export function typescriptProcess(
  file: string,
  environment: Readonly<Record<string, string>>,
  stderr: 'inherit' | 'ignore' = 'inherit',
): ChildProcess {
  const flags = ['--conditions=source', '--import', HOOK, ...AS_SERVICES_RUN];
  return spawn(process.execPath, [...flags, file], {
    stdio: ['ignore', 'ignore', stderr],
    // Jest's own flags do not suit a plain process.
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
  });
}
