import tseslint from 'typescript-eslint';

const bareDatabase = {
  paths: [
    {
      name: 'typeorm',
      message:
        'Only libs/persistence opens a database: use Database.transaction, which says whose rows may be seen.',
    },
    {
      name: '@nestjs/typeorm',
      message: 'Bare repositories know no owner: use Database.transaction of #persistence.',
    },
    { name: 'kafkajs', message: 'Only libs/messaging speaks to Kafka.' },
  ],
  patterns: [
    { group: ['typeorm/*', 'kafkajs/*'], message: 'Drivers stay in libs/persistence and libs/messaging.' },
    {
      regex: '^pg$',
      importNames: ['Pool', 'Client', 'default'],
      message: 'Only libs/persistence opens a connection; the type PoolClient may be imported.',
    },
  ],
};

const skippedTest = {
  selector:
    'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(skip|only|todo)$/]',
  message: 'No test is skipped: mend it or remove it.',
};

/** The payload and answer classes type a unit's own code, so that a renamed field no longer compiles. */
const untypedUnit = [
  {
    selector: 'TSAsExpression > TSAsExpression[typeAnnotation.type="TSUnknownKeyword"]',
    message: 'A unit casts nothing: `requestType` infers payload and answer from their classes.',
  },
  {
    selector: 'MemberExpression[computed=true][property.type="Literal"][property.raw=/^[\x27"]/]',
    message: 'A field is read by its name, so that renaming it breaks the compile: give the value a type.',
  },
  ...[
    'BinaryExpression[operator=/^[!=]==$/][left.property.name="type"][right.type="Literal"]',
    'BinaryExpression[operator=/^[!=]==$/][left.name="type"][right.type="Literal"]',
    'BinaryExpression[operator=/^[!=]==$/][right.property.name="type"][left.type="Literal"]',
    'BinaryExpression[operator=/^[!=]==$/][right.name="type"][left.type="Literal"]',
    'SwitchStatement[discriminant.property.name="type"]',
    'SwitchStatement[discriminant.name="type"]',
  ].map((selector) => ({
    selector,
    message: 'Each request type says by itself what differs for it: see `keptIn` and `answerFaults`.',
  })),
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/', 'coverage/', 'docs/reference/', '**/*.generated.ts'] },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './apps/desk/assets/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // A leading underscore says: taken apart or demanded by a signature, and not needed.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      // An async method may satisfy a port without awaiting anything itself.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: ['error', 'always'],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: false }],
      'no-restricted-imports': ['error', bareDatabase],
      'no-restricted-syntax': ['error', skippedTest],
    },
  },
  // The apps that are units: every folder but those of the apps that are not.
  {
    files: ['apps/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'apps/{intake,collaboration,simulator,cli}/**'],
    rules: { 'no-restricted-syntax': ['error', skippedTest, ...untypedUnit] },
  },
  // The two libs that own a driver, and what starts or measures the real parts themselves.
  {
    files: [
      'libs/persistence/**',
      'libs/messaging/**',
      'libs/testing/**',
      'libs/broker-admin/**',
      'deploy/**',
      'proof/**',
      'tools/**',
      'bench/**',
    ],
    rules: { 'no-restricted-imports': 'off' },
  },
  // A program that a person starts in a terminal writes to that terminal.
  {
    files: ['deploy/**', 'proof/**', 'tools/**', 'bench/**', 'apps/simulator/**', 'apps/*/src/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.spec.ts', 'libs/testing/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
