import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The tiers in the order of `npm test`. */
export const TIERS = ['small', 'arch', 'medium', 'large'] as const;
export type Tier = (typeof TIERS)[number];
/** `screens` takes the pictures of the documentation from a running `npm start` and proves nothing. */
const PROJECTS = [...TIERS, 'screens'] as const;
type Project = (typeof PROJECTS)[number];

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Runs one tier in Jest and resolves to its exit code. `args` are options of Jest, such as part of a path.
 */
export async function runJest(
  tier: Project,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const jest = resolve(ROOT, 'node_modules/jest/bin/jest.js');
  // All large tests use the same stack and restart its processes, so their files run one after the other.
  const workers = tier === 'large' || tier === 'screens' ? ['--runInBand'] : [];
  // kafkajs sets timers in the past, and Node 24 warns of each.
  const flags = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=TimeoutNegativeWarning',
  ];
  const run = spawn(
    process.execPath,
    [
      ...flags,
      jest,
      '-c',
      'jest.config.mjs',
      '--selectProjects',
      tier,
      '--passWithNoTests',
      ...workers,
      ...args,
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, NODE_OPTIONS: flags.join(' '), ...env },
    },
  );
  return new Promise((done, failed) => {
    run.once('error', failed);
    run.once('close', (code, signal) => {
      done(code ?? (signal ? 1 : 0));
    });
  });
}

if (import.meta.main) {
  const [tier, ...args] = process.argv.slice(2);
  if (!PROJECTS.includes(tier as Project)) {
    console.error(`Usage: npm run jest -- ${PROJECTS.join('|')} [path or Jest option]`);
    process.exit(2);
  }
  process.exitCode = await runJest(tier as Project, args);
}
