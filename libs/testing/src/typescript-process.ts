import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const HOOK = pathToFileURL(join(import.meta.dirname, 'typescript-hook.mjs')).href;

/** Runs a TypeScript file in a process of its own, for what only a process can show: being killed. Standard error is ours, unless it is ignored. */
export function typescriptProcess(
  file: string,
  environment: Readonly<Record<string, string>>,
  stderr: 'inherit' | 'ignore' = 'inherit',
): ChildProcess {
  // The last as services run, so that what is measured of one is theirs.
  const flags = ['--conditions=source', '--import', HOOK, '--disable-warning=TimeoutNegativeWarning', '--max-semi-space-size=4'];
  return spawn(process.execPath, [...flags, file], {
    stdio: ['ignore', 'ignore', stderr],
    // Jest's own flags would not suit a plain process.
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
  });
}
