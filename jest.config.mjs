import {availableParallelism} from 'node:os'

/** Sources are ESM TypeScript; commands are tried as the built CLI (npm test builds first). */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {'^.+\\.ts$': '<rootDir>/test/support/transform.mjs'},
  moduleNameMapper: {'^(\\.{1,2}/.*)\\.js$': '$1'},
  globalSetup: '<rootDir>/test/support/pool.mjs',
  globalTeardown: '<rootDir>/test/support/pool-end.mjs',
  testTimeout: 60_000,
  maxWorkers: availableParallelism(),
  // Of one file: as many as keep the processes busy in which commands run, though some of them wait (test/support/pool.mjs).
  maxConcurrency: 8,
}
