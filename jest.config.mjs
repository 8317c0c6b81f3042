/**
 * The tests by size: small without I/O, arch over the tree itself, medium against real parts, large against
 * the whole stack.
 */
const common = {
  rootDir: import.meta.dirname,
  roots: [
    '<rootDir>/apps',
    '<rootDir>/libs',
    '<rootDir>/deploy',
    '<rootDir>/proof',
    '<rootDir>/tools',
    '<rootDir>/bench',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  // `source` lets #kernel and its like resolve to the TypeScript beside the tests.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        module: { type: 'es6' },
        sourceMaps: 'inline',
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
          // Jest wants to see `with { type: 'json' }` as Node does.
          experimental: { keepImportAttributes: true },
        },
      },
    ],
  },
};

const tier = (displayName, testMatch, more = {}) => ({ ...common, displayName, testMatch, ...more });
const beside = (size) => [`**/*.${size}.spec.ts`];

export default {
  // Two cores, and the real parts want one of them.
  maxWorkers: 2,
  testTimeout: 60_000,
  projects: [
    tier('small', ['**/*.spec.ts'], {
      testPathIgnorePatterns: ['/node_modules/', '\\.(?:arch|medium|large)\\.spec\\.ts$'],
    }),
    tier('arch', beside('arch')),
    tier('medium', beside('medium')),
    tier('large', beside('large')),
    tier('screens', ['**/*.screens.ts']),
  ],
};
