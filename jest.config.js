const { availableParallelism } = require('node:os')

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  globalSetup: '<rootDir>/tests/support/bundle-functions.setup.ts',
  globalTeardown: '<rootDir>/tests/support/bundle-functions.teardown.ts',
  setupFilesAfterEnv: ['console-guard', 'closed-at-the-end', 'seeded-properties'].map(
    (name) => `<rootDir>/tests/support/${name}.ts`,
  ),
  // A test waits for its functions, a page for its pictures: with one worker a core a part of the machine would idle.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testSequencer: '<rootDir>/tests/support/longest-first.js',
  // No verdict depends on how fast the machine is: this only ends what would never end.
  testTimeout: 900_000,
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
}
