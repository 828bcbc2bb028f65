/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  globalSetup: '<rootDir>/tests/support/bundle-functions.setup.ts',
  globalTeardown: '<rootDir>/tests/support/bundle-functions.teardown.ts',
  setupFilesAfterEnv: ['console-guard', 'closed-at-the-end', 'seeded-properties'].map(
    (name) => `<rootDir>/tests/support/${name}.ts`,
  ),
  // Its own default leaves one core idle: of two that is half of the machine.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/tests/support/longest-first.js',
  // No verdict depends on how fast the machine is: this only ends what would never end.
  testTimeout: 900_000,
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
}
