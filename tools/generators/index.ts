import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { intakeDocuments } from '#intake';
import { everyUnitOpenApi, loadUnitDefinitions, unitOpenApi, type UnitDefinition } from '#unit';
import { deploymentFrom, ROOT, type Deployment } from '../../deploy/local/deployment.ts';
import { FAULTS } from '../../proof/faults/catalogue.ts';
import { MUTANTS } from '../../proof/faults/mutants.ts';
import { readOutcomes } from '../../proof/faults/outcome.ts';
import { renderFaultsPage } from '../../proof/faults/page.ts';
import { intakeTypes, typesOf } from './client-types.ts';
import { composeFile } from './compose.ts';
import { lifeCyclePage } from './life-cycle-page.ts';
import { completeLockfile } from './lockfile.ts';
import { nestCli } from './nest-cli.ts';
import { problemsPage } from './problems-page.ts';
import { requestTypesPage } from './request-types-page.ts';
import { sandboxPage } from './sandbox-page.ts';
import { componentsOf, licencesPage, softwareBill } from './supply-chain.ts';
import { topicsPage } from './topics-page.ts';

/** The documents of the units' APIs for their staff. */
const STAFF_API = 'docs/reference/staff-api';

export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Returns golden payloads of new request types, made from their examples. Existing ones are never written
 * again (golden-payloads.arch.spec.ts).
 */
function missingGoldens(definitions: readonly UnitDefinition[]): Record<string, string> {
  const goldens = definitions.flatMap(({ slug, requestTypes }) =>
    requestTypes.map(({ name, version, examples }): [string, string] => [
      `apps/${slug}/golden/${name}.v${String(version)}.json`,
      JSON.stringify(examples.map(({ payload }) => payload)),
    ]),
  );
  return Object.fromEntries(goldens.filter(([path]) => !existsSync(join(ROOT, path))));
}

/** Returns every generated file of the repository with the content that it should have now. */
export async function generatedFiles(deployment: Deployment = deploymentFrom({})): Promise<GeneratedFile[]> {
  const definitions = await loadUnitDefinitions(deployment.units);
  const lockfile = completeLockfile(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const components = componentsOf(lockfile);
  const { openApi, asyncApi } = intakeDocuments(definitions);
  const everyUnit = everyUnitOpenApi();
  const files = {
    'nest-cli.json': nestCli([...deployment.databases, 'simulator', 'cli']),
    'docker-compose.yml': composeFile(deployment),
    'docs/reference/topics.md': topicsPage(deployment),
    'docs/reference/life-cycle.md': lifeCyclePage(),
    'docs/reference/problems.md': problemsPage(),
    'docs/reference/sandbox.md': sandboxPage(),
    'docs/reference/openapi.json': JSON.stringify(openApi),
    'libs/client/src/intake-api.generated.ts': await intakeTypes(openApi),
    'docs/reference/asyncapi.json': JSON.stringify(asyncApi),
    ...Object.fromEntries(
      definitions.map((unit) => [`${STAFF_API}/${unit.slug}.json`, JSON.stringify(unitOpenApi(unit))]),
    ),
    [`${STAFF_API}/every-unit.json`]: JSON.stringify(everyUnit),
    'libs/client/src/unit-api.generated.ts': await typesOf(everyUnit, `${STAFF_API}/every-unit.json`),
    'docs/reference/request-types.md': requestTypesPage(definitions),
    'docs/reference/faults.md': renderFaultsPage(FAULTS, MUTANTS, readOutcomes()),
    'docs/reference/licences.md': licencesPage(components),
    'docs/reference/sbom.cdx.json': softwareBill(components),
    ...missingGoldens(definitions),
  };
  const formatted = await Promise.all(
    Object.entries(files).map(async ([path, content]) => {
      const options = await prettier.resolveConfig(join(ROOT, path));
      return { path, content: await prettier.format(content, { ...options, filepath: path }) };
    }),
  );
  // The lockfile keeps npm's own format, which is not Prettier's.
  return [...formatted, { path: 'package-lock.json', content: lockfile }];
}

/** Returns the generated files that are missing or out of date. */
export async function staleFiles(): Promise<GeneratedFile[]> {
  const files = await generatedFiles();
  return files.filter(({ path, content }) => {
    const at = join(ROOT, path);
    return !existsSync(at) || readFileSync(at, 'utf8') !== content;
  });
}
