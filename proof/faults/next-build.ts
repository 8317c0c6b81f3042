import { appendFileSync, cpSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../deploy/local/deployment.ts';

/**
 * Copies the build and adds one migration, like the next version of the software. The migration only adds
 * things, so that the present version can go on. Returns the folder for CONCORDAT_BUILD.
 */
export function makeNextBuild(home: string): string {
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'next-build-'));
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  appendFileSync(
    join(folder, 'dist/libs/persistence/src/base-migrations.js'),
    `
BASE_MIGRATIONS.push({
  name: 'kit-999-added-by-the-next-version',
  up: () => \`alter table event add column remark text;
alter table inbox add column seen smallint not null default 1;
create index inbox_by_time on inbox (owning_force, received_at);\`,
});
`,
  );
  return join(folder, 'dist');
}
