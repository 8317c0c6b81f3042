/**
 * The layers, and what each may import (docs/ARCHITECTURE.md). Each rule has a probe in
 * tools/layers/layers.arch.spec.ts that must be rejected.
 */
const libs = (names) => `^libs/(?:${names.join('|')})/`;
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.spec\\.ts$' },
  to: { path: '^libs/', pathNot: [`^libs/(?:${[...allowed, 'nothing-else'].join('|')})/`] },
});

/** npm packages that a layer may use; Node's own modules are always allowed. */
const npm = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.spec\\.ts$' },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg'],
    pathNot: allowed.length ? allowed.map((n) => `node_modules/${n}(?:/|$)`) : ['^nothing$'],
  },
});

/** Intake's groups in layers: each may import those before it. docs/ARCHITECTURE.md draws them. */
const INTAKE_GROUPS = ['registers', 'answers', 'sandbox', 'take-in', 'doors'];
const intakeGroups = INTAKE_GROUPS.slice(0, -1).map((group, place) => ({
  name: `intake-${group}-imports-lower-groups`,
  severity: 'error',
  from: { path: `^apps/intake/src/${group}/`, pathNot: '\\.(?:spec|fixture)\\.ts$' },
  to: { path: `^apps/intake/src/(?:${INTAKE_GROUPS.slice(place + 1).join('|')})/` },
}));

/** A group imports nothing of intake outside the groups, such as the module that assembles them. */
const intakeOutside = {
  name: 'intake-groups-import-only-groups',
  severity: 'error',
  from: { path: `^apps/intake/src/(?:${INTAKE_GROUPS.join('|')})/`, pathNot: '\\.(?:spec|fixture)\\.ts$' },
  to: { path: '^apps/intake/src/', pathNot: `^apps/intake/src/(?:${INTAKE_GROUPS.join('|')})/` },
};

const NEST = ['@nestjs/[^/]+', 'rxjs', 'reflect-metadata'];

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...intakeGroups,
    intakeOutside,
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'apps-never-import-apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/[^/]+/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(?:apps|deploy|proof|tools|bench)/' },
    },
    {
      name: 'apps-import-libs-alone',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^(?:deploy|proof|tools|bench)/' },
    },
    {
      name: 'deploy-imports-libs-alone',
      severity: 'error',
      from: { path: '^deploy/' },
      to: { path: '^(?:apps|proof|tools|bench)/' },
    },
    {
      // It sees the system from outside: by its addresses, its topics and what a force and staff may ask.
      name: 'proof-imports-no-app',
      severity: 'error',
      from: { path: '^proof/' },
      to: { path: '^(?:apps|bench|tools/(?!markdown/|test/))' },
    },
    {
      name: 'bench-imports-no-proof',
      severity: 'error',
      from: { path: '^bench/' },
      to: { path: '^(?:proof|tools)/' },
    },
    {
      // The generator of the faults page reads the catalogue of faults; tests may check the text of a page.
      name: 'tools-import-no-proof',
      severity: 'error',
      from: { path: '^tools/', pathNot: ['\\.spec\\.ts$', '^tools/generators/index\\.ts$'] },
      to: { path: '^(?:proof|bench)/' },
    },
    {
      name: 'apps-are-entered-by-their-index',
      severity: 'error',
      from: { path: '^(?:tools|bench)/' },
      to: { path: '^apps/[^/]+/src/', pathNot: ['^apps/[^/]+/src/index\\.ts$', '\\.fixture\\.ts$'] },
    },
    {
      name: 'libs-are-entered-by-their-index',
      severity: 'error',
      from: { path: '^(?:apps|libs|deploy|proof|tools|bench)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: {
        path: '^(?:apps|libs|deploy|proof|tools|bench)/',
        pathNot: ['\\.(?:spec|fixture)\\.ts$', '^libs/testing/', '^proof/'],
      },
      to: { path: '^libs/testing/' },
    },
    only('kernel-imports-no-lib', '^libs/kernel/', ['kernel']),
    only('requests-imports-kernel', '^libs/requests/', ['requests', 'kernel']),
    only('agreements-imports-kernel', '^libs/agreements/', ['agreements', 'kernel']),
    only('contracts-imports-kernel', '^libs/contracts/', ['contracts', 'kernel']),
    only('messaging-imports-contracts', '^libs/messaging/', ['messaging', 'kernel', 'contracts']),
    only('persistence-imports-pure-libs', '^libs/persistence/', [
      'persistence',
      'kernel',
      'contracts',
      'requests',
      'agreements',
    ]),
    only('broker-admin-imports-contracts', '^libs/broker-admin/', ['broker-admin', 'kernel', 'contracts']),
    only('client-imports-pure-libs', '^libs/client/', ['client', 'kernel', 'requests']),
    only('web-imports-contracts', '^libs/web/', ['web', 'kernel', 'contracts', 'client']),
    only('unit-imports-what-it-assembles', '^libs/unit/', [
      'unit',
      'kernel',
      'contracts',
      'requests',
      'messaging',
      'persistence',
      'web',
    ]),
    npm('kernel-uses-no-package', '^libs/kernel/', ['@types/node']),
    npm('requests-use-no-package', '^libs/requests/', ['@types/node']),
    npm('agreements-use-no-package', '^libs/agreements/', ['@types/node']),
    npm('contracts-use-validators-only', '^libs/contracts/', [
      'class-validator',
      'class-transformer',
      'reflect-metadata',
      'ajv',
      '@types/node',
    ]),
    npm('messaging-owns-kafkajs', '^libs/messaging/', ['kafkajs', ...NEST, '@types/node']),
    npm('broker-admin-uses-kafkajs', '^libs/broker-admin/', ['kafkajs', '@types/node']),
    npm('persistence-owns-the-database', '^libs/persistence/', [
      'typeorm',
      'pg',
      '@types/pg',
      ...NEST,
      '@types/node',
    ]),
    npm('client-uses-fetch', '^libs/client/', ['openapi-fetch', 'jose', '@types/node']),
    npm('web-speaks-http', '^libs/web/', ['jose', 'fastify', ...NEST, '@types/node']),
    // The type of a pg client is part of the records' interface; a value import of it is refused by ESLint.
    npm('unit-uses-nest', '^libs/unit/', [...NEST, 'pg', '@types/pg', '@types/node', 'fastify']),
    {
      // The desk holds no rule of the domain: it shows what the units answer.
      name: 'desk-imports-no-unit',
      severity: 'error',
      from: { path: '^apps/desk/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(?:unit|messaging|broker-admin|agreements)/' },
    },
    {
      name: 'apps-use-no-driver',
      severity: 'error',
      from: { path: '^apps/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/(?:kafkajs|typeorm|pg|@nestjs/typeorm)/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'types', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json'],
    },
    moduleSystems: ['es6', 'cjs'],
  },
};
