import { table } from '../markdown/markdown.ts';

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

export interface Component {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, or undefined if the registry gives none. */
  readonly licence: string | undefined;
  /** Subresource integrity, which npm checks: `sha512-` and Base64. */
  readonly integrity: string | undefined;
  /** True if only building, testing and the demonstration need it, and no service. */
  readonly development: boolean;
}

/** Lists every package of the lockfile by name and version, also those for other platforms. */
export function componentsOf(lockfile: string): Component[] {
  const { packages } = JSON.parse(lockfile) as { packages: Readonly<Record<string, LockedPackage>> };
  const components = Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { version = '', license, integrity, dev = false }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      integrity,
      development: dev,
    }));
  const byName = new Map(
    components.map((component) => [
      `${component.name}@${component.version} ${component.development ? 'dev' : ''}`,
      component,
    ]),
  );
  return [...byName.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ name, version }: Component): string => `${name} ${version}`;

/** Licences that packages of a service may have. All are permissive. */
export const ACCEPTED_LICENCES: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  // The licence of the font, which browsers load.
  'OFL-1.1',
];

/** Generates docs/reference/licences.md. */
export function licencesPage(components: readonly Component[]): string {
  const running = components.filter(({ development }) => !development);
  const counts = new Map<string, number>();
  for (const { licence = 'not stated', development } of components) {
    if (development) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  }
  return [
    '# Licences',
    '',
    'Generated from `package-lock.json` by `npm run generate`; do not edit. Packages that run in a service have one of these licences:',
    `${ACCEPTED_LICENCES.join(', ')}. A test refuses any other.`,
    '',
    `## In the services (${running.length})`,
    '',
    ...table(
      ['package', 'version', 'licence'],
      running.map(({ name, version, licence }) => [name, version, licence ?? 'not stated']),
    ),
    '',
    '## To build, test and demonstrate',
    '',
    'Packages by licence. Those "not stated" are variants of a listed package for other platforms.',
    '',
    ...table(
      ['licence', 'packages'],
      [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([licence, count]) => [licence, String(count)]),
    ),
    '',
  ].join('\n');
}

/**
 * Generates docs/reference/sbom.cdx.json, the CycloneDX 1.6 list of packages that run in a service. It has no
 * date, so that it changes only with the packages.
 */
export function softwareBill(components: readonly Component[]): string {
  const running = components.filter(({ development }) => !development);
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name: 'concordat', 'bom-ref': 'concordat' } },
    components: running.map(({ name, version, licence, integrity }) => {
      const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
      return {
        type: 'library',
        'bom-ref': purl,
        name,
        version,
        purl,
        ...(licence !== undefined && { licenses: [{ expression: licence }] }),
        ...(integrity !== undefined && { hashes: [hashOf(integrity)] }),
      };
    }),
  });
}

function hashOf(integrity: string): { alg: string; content: string } {
  const [algorithm = '', digest = ''] = integrity.split('-', 2);
  return { alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') };
}
