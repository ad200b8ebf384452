import {availableParallelism} from 'node:os'

/** Sources are ESM TypeScript; commands are tried as the built CLI (npm test builds first). */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': '<rootDir>/test/support/transform.mjs',
    'node_modules/twilio/.+\\.js$': '<rootDir>/test/support/transform-sdk.mjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!twilio/)'],
  moduleNameMapper: {'^(\\.{1,2}/.*)\\.js$': '$1', '^fast-check$': '<rootDir>/test/support/fast-check.ts'},
  testEnvironment: '<rootDir>/test/support/environment.mjs',
  globalSetup: '<rootDir>/test/support/set-up.mjs',
  globalTeardown: '<rootDir>/test/support/tear-down.mjs',
  testTimeout: 60_000,
  maxWorkers: availableParallelism(),
  // Of one file: as many as keep the processes busy in which commands run, though some of them wait (test/support/pool.mjs).
  maxConcurrency: 8,
}
