import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';

const ROOT = resolve(import.meta.dirname, '../..');
const LIBS = [
  'kernel',
  'contracts',
  'requests',
  'agreements',
  'unit',
  'messaging',
  'broker-admin',
  'client',
  'persistence',
  'web',
  'testing',
];

const FOLDERS = ['apps', 'libs', 'deploy', 'proof', 'tools', 'bench'];

/** One forbidden import for each rule, in a place where somebody might write it. */
const PROBES: Record<string, { file: string; source: string; beside?: Record<string, string> }> = {
  'no-cycles': {
    file: 'libs/kernel/src/cycle-a.ts',
    source: "import { b } from './cycle-b.ts';\nexport const a = (): unknown => b;\n",
    beside: {
      'libs/kernel/src/cycle-b.ts': "import { a } from './cycle-a.ts';\nexport const b = (): unknown => a;\n",
    },
  },
  'intake-registers-imports-lower-groups': {
    file: 'apps/intake/src/registers/probe-group.ts',
    source: "import '../answers/probe-group.ts';\n",
  },
  'intake-answers-imports-lower-groups': {
    file: 'apps/intake/src/answers/probe-group.ts',
    source: "import '../sandbox/probe-group.ts';\n",
  },
  'intake-sandbox-imports-lower-groups': {
    file: 'apps/intake/src/sandbox/probe-group.ts',
    source: "import '../take-in/probe-group.ts';\n",
  },
  'intake-take-in-imports-lower-groups': {
    file: 'apps/intake/src/take-in/probe-group.ts',
    source: "import '../doors/group.ts';\n",
    beside: { 'apps/intake/src/doors/group.ts': 'export {};\n' },
  },
  'intake-groups-import-only-groups': {
    file: 'apps/intake/src/sandbox/probe-schema.ts',
    source: "import '../schema/migrations.ts';\n",
    beside: { 'apps/intake/src/schema/migrations.ts': 'export {};\n' },
  },
  'nothing-unresolvable': { file: 'libs/kernel/src/ghost.ts', source: "import './no-such-file.ts';\n" },
  'apps-never-import-apps': {
    file: 'apps/fleet/src/probe-app.ts',
    source: "import '../../intake/src/main.ts';\n",
  },
  'libs-never-import-apps': {
    file: 'libs/web/src/probe-app.ts',
    source: "import '../../../apps/intake/src/main.ts';\n",
  },
  'apps-import-libs-alone': {
    file: 'apps/intake/src/probe-house.ts',
    source: "import '../../../deploy/local/stack.ts';\n",
    beside: { 'deploy/local/stack.ts': 'export {};\n' },
  },
  'deploy-imports-libs-alone': {
    file: 'deploy/local/probe-tool.ts',
    source: "import '../../tools/generate.ts';\n",
    beside: { 'tools/generate.ts': 'export {};\n' },
  },
  'proof-imports-no-app': {
    file: 'proof/probe-app.ts',
    source: "import '../apps/intake/src/main.ts';\n",
  },
  'desk-imports-no-unit': {
    file: 'apps/desk/src/probe-unit.ts',
    source: "import '../../../libs/unit/src/index.ts';\n",
  },
  'bench-imports-no-proof': {
    file: 'bench/probe-proof.ts',
    source: "import '../proof/load.ts';\n",
    beside: { 'proof/load.ts': 'export {};\n' },
  },
  'tools-import-no-proof': {
    file: 'tools/probe-proof.ts',
    source: "import '../bench/measure.ts';\n",
    beside: { 'bench/measure.ts': 'export {};\n' },
  },
  'apps-are-entered-by-their-index': {
    file: 'tools/probe-deep.ts',
    source: "import '../apps/intake/src/main.ts';\n",
  },
  'libs-are-entered-by-their-index': {
    file: 'apps/intake/src/probe-deep.ts',
    source: "import '../../../libs/kernel/src/deep.ts';\n",
  },
  'testing-is-for-tests': { file: 'apps/intake/src/probe-testing.ts', source: "import '#testing';\n" },
  'kernel-imports-no-lib': { file: 'libs/kernel/src/probe-lib.ts', source: "import '#contracts';\n" },
  'requests-imports-kernel': { file: 'libs/requests/src/probe-lib.ts', source: "import '#persistence';\n" },
  'agreements-imports-kernel': { file: 'libs/agreements/src/probe-lib.ts', source: "import '#contracts';\n" },
  'contracts-imports-kernel': { file: 'libs/contracts/src/probe-lib.ts', source: "import '#requests';\n" },
  'messaging-imports-contracts': {
    file: 'libs/messaging/src/probe-lib.ts',
    source: "import '#persistence';\n",
  },
  'persistence-imports-pure-libs': {
    file: 'libs/persistence/src/probe-lib.ts',
    source: "import '#messaging';\n",
  },
  'broker-admin-imports-contracts': {
    file: 'libs/broker-admin/src/probe-lib.ts',
    source: "import '#messaging';\n",
  },
  'client-imports-pure-libs': { file: 'libs/client/src/probe-lib.ts', source: "import '#web';\n" },
  'web-imports-contracts': { file: 'libs/web/src/probe-lib.ts', source: "import '#persistence';\n" },
  'unit-imports-what-it-assembles': { file: 'libs/unit/src/probe-lib.ts', source: "import '#agreements';\n" },
  'kernel-uses-no-package': { file: 'libs/kernel/src/probe-npm.ts', source: "import 'ajv';\n" },
  'requests-use-no-package': { file: 'libs/requests/src/probe-npm.ts', source: "import 'date-holidays';\n" },
  'agreements-use-no-package': {
    file: 'libs/agreements/src/probe-npm.ts',
    source: "import 'class-validator';\n",
  },
  'contracts-use-validators-only': { file: 'libs/contracts/src/probe-npm.ts', source: "import 'jose';\n" },
  'messaging-owns-kafkajs': { file: 'libs/messaging/src/probe-npm.ts', source: "import 'pg';\n" },
  'broker-admin-uses-kafkajs': { file: 'libs/broker-admin/src/probe-npm.ts', source: "import 'pg';\n" },
  'persistence-owns-the-database': {
    file: 'libs/persistence/src/probe-npm.ts',
    source: "import 'kafkajs';\n",
  },
  'client-uses-fetch': { file: 'libs/client/src/probe-npm.ts', source: "import 'fastify';\n" },
  'web-speaks-http': { file: 'libs/web/src/probe-npm.ts', source: "import 'pg';\n" },
  'unit-uses-nest': { file: 'libs/unit/src/probe-npm.ts', source: "import 'typeorm';\n" },
  'apps-use-no-driver': { file: 'apps/fleet/src/probe-npm.ts', source: "import 'kafkajs';\n" },
};

/** Two files that know each other's types, and two folders that need each other. */
const CYCLES: Record<string, string> = {
  'apps/legal/src/types/one.ts': "import type { Two } from './two.ts';\nexport type One = Two[];\n",
  'apps/legal/src/types/two.ts': "import type { One } from './one.ts';\nexport type Two = One | 2;\n",
  'apps/estates/src/upper/a.ts': "import '../lower/b.ts';\n",
  'apps/estates/src/upper/c.ts': 'export {};\n',
  'apps/estates/src/lower/b.ts': 'export {};\n',
  'apps/estates/src/lower/d.ts': "import '../upper/c.ts';\n",
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

function violationsIn(tree: string, config = '.dependency-cruiser.cjs'): Violation[] {
  const depcruise = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const output = execFileSync(process.execPath, [depcruise, '--config', config, '-T', 'json', ...FOLDERS], {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('layers', () => {
  let tree: string;

  beforeAll(() => {
    mkdirSync(join(ROOT, '.data'), { recursive: true });
    tree = mkdtempSync(join(ROOT, '.data/layers-'));
    const write = (file: string, source: string): void => {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), source);
    };
    for (const file of [
      'package.json',
      'tsconfig.json',
      'tsconfig.base.json',
      '.dependency-cruiser.cjs',
      'tools/layers/folders.cjs',
    ])
      cpSync(join(ROOT, file), join(tree, file));
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
    for (const lib of LIBS) write(`libs/${lib}/src/index.ts`, 'export {};\n');
    write('libs/kernel/src/deep.ts', 'export {};\n');
    write('apps/intake/src/main.ts', "import '#kernel';\n");
    for (const [file, source] of Object.entries(CYCLES)) write(file, source);
    for (const { file, source, beside } of Object.values(PROBES)) {
      write(file, source);
      for (const [name, text] of Object.entries(beside ?? {})) write(name, text);
    }
  });

  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it('rejects the probe of every rule, and has a probe for every rule', () => {
    const rules = (
      createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
        forbidden: { name: string }[];
      }
    ).forbidden.map(({ name }) => name);
    expect(Object.keys(PROBES).sort()).toEqual([...rules].sort());
    const violations = violationsIn(tree);
    const silent = Object.entries(PROBES).filter(
      ([rule, probe]) =>
        !violations.some((violation) => violation.rule.name === rule && violation.from === probe.file),
    );
    expect(silent.map(([rule]) => rule)).toEqual([]);
    expect(violations.filter(({ from }) => from === 'apps/intake/src/main.ts')).toEqual([]);
  });

  it('rejects a cycle of types alone', () => {
    const cycles = violationsIn(tree).filter(({ rule }) => rule.name === 'no-cycles');
    expect(cycles.map(({ from }) => from)).toContain('apps/legal/src/types/one.ts');
  });

  it('rejects a cycle of folders whose files form none', () => {
    const folders = violationsIn(tree, 'tools/layers/folders.cjs').map(({ from }) => from);
    expect(folders).toEqual(expect.arrayContaining(['apps/estates/src/upper', 'apps/estates/src/lower']));
    const files = violationsIn(tree).filter(({ from }) => from.startsWith('apps/estates/'));
    expect(files).toEqual([]);
  });

  it.each([
    [
      'an app that opens its own database',
      'apps/fleet/src/probe.ts',
      "import { DataSource } from 'typeorm';\nexport const source = DataSource;\n",
    ],
    [
      'a bare repository in a unit',
      'libs/unit/src/probe.ts',
      "import { InjectRepository } from '@nestjs/typeorm';\nexport const inject = InjectRepository;\n",
    ],
    [
      'an app that speaks to Kafka itself',
      'apps/intake/src/probe.ts',
      "import { Kafka } from 'kafkajs';\nexport const kafka = Kafka;\n",
    ],
    [
      'a pool of connections outside persistence',
      'apps/intake/src/probe.ts',
      "import { Pool } from 'pg';\nexport const pool = Pool;\n",
    ],
  ])('ESLint refuses %s', async (_, file, source) => {
    // Type information needs files of the project, but this rule needs no types.
    const eslint = new ESLint({ cwd: ROOT, overrideConfig: [{ files: ['**/*.ts'], ...(await untyped()) }] });
    const [result] = await eslint.lintText(source, { filePath: join(ROOT, file) });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain('no-restricted-imports');
  });
});

async function untyped(): Promise<object> {
  const { default: tseslint } = await import('typescript-eslint');
  return tseslint.configs.disableTypeChecked;
}
