/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  globalSetup: '<rootDir>/tests/support/bundle-functions.setup.ts',
  globalTeardown: '<rootDir>/tests/support/bundle-functions.teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/tests/support/console-guard.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
}
