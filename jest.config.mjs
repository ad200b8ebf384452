import {availableParallelism} from 'node:os'

/** Sources are ESM TypeScript, built before the first test; commands are tried as the built CLI (npm test builds it first). */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {},
  testRunner: '<rootDir>/test/support/jest/runner.mjs',
  testEnvironment: '<rootDir>/test/support/jest/environment.mjs',
  globalSetup: '<rootDir>/test/support/jest/set-up.mjs',
  globalTeardown: '<rootDir>/test/support/jest/tear-down.mjs',
  testTimeout: 60_000,
  maxWorkers: availableParallelism(),
  // Of one file: as many as keep the processes busy in which commands run, though some of them wait (test/support/pool.mjs).
  maxConcurrency: 8,
  // Milliseconds: Jest takes a worker that ends later for one that something keeps alive, and a busy machine needs more than half a second.
  workerGracefulExitTimeout: 10_000,
}
