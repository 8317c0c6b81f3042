/**
 * Generates nest-cli.json in monorepo mode, with one project for each process. All share one compilation,
 * because every app uses every lib.
 */
export function nestCli(apps: readonly string[]): string {
  const compilerOptions = { builder: 'tsc', tsConfigPath: 'tsconfig.build.json', deleteOutDir: false };
  const project = (app: string): object => ({
    type: 'application',
    root: `apps/${app}`,
    sourceRoot: `apps/${app}/src`,
    entryFile: 'main',
    compilerOptions: { tsConfigPath: 'tsconfig.build.json' },
  });
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/nest-cli',
    monorepo: true,
    root: 'apps/intake',
    sourceRoot: 'apps/intake/src',
    compilerOptions,
    projects: Object.fromEntries(apps.map((app) => [app, project(app)])),
  });
}
