import {availableParallelism} from 'node:os'

/** Sources are ESM TypeScript; commands are tried as the built CLI (npm test builds first). */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {'^.+\\.ts$': '<rootDir>/test/support/transform.mjs'},
  moduleNameMapper: {'^(\\.{1,2}/.*)\\.js$': '$1'},
  testTimeout: 60_000,
  // Most of the work is in the processes that the tests start, and much of that is waiting.
  maxWorkers: 2 * availableParallelism(),
  maxConcurrency: 24,
}
