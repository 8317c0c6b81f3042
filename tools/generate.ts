import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../deploy/local/deployment.ts';

/** `npm run generate` writes all generated files. With `--check` it only lists the files that differ. */
const check = process.argv.includes('--check');
// The descriptions of the APIs are read from the build. The desk does not compile against a generated client
// that is out of date, so the build is written despite errors; `npm run build` and the checks report them.
if (!check) {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--noEmitOnError', 'false'], {
    cwd: ROOT,
  });
}
// Loaded only now, because it reads the build.
const { staleFiles } = await import('./generators/index.ts');
const stale = await staleFiles();
for (const { path, content } of stale) {
  if (!check) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), content);
  }
  console.log(check ? `${path} is out of date` : `wrote ${path}`);
}
if (check && stale.length > 0) {
  console.error('Run `npm run generate` and commit what it writes.');
  process.exitCode = 1;
} else if (stale.length === 0) {
  console.log('Every generated file is up to date.');
}
