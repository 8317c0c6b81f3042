import { appendFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { copyBuild } from './copy-build.ts';

/**
 * Copies the build and adds one migration, like the next version of the software. The migration only adds
 * things, so that the present version can go on. Returns the folder for CONCORDAT_BUILD.
 */
export function makeNextBuild(home: string): string {
  mkdirSync(home, { recursive: true });
  const build = copyBuild(mkdtempSync(join(home, 'next-build-')));
  appendFileSync(
    join(build, 'libs/persistence/src/base-migrations.js'),
    `
BASE_MIGRATIONS.push({
  name: 'kit-999-added-by-the-next-version',
  up: () => \`alter table event add column remark text;
alter table inbox add column seen smallint not null default 1;
create index inbox_by_time on inbox (owning_force, received_at);\`,
});
`,
  );
  return build;
}
