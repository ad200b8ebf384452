/**
 * How often a property is tried that takes seconds: all of the runs with `npm run test:full`, a fifth of them with `npm test`, each
 * time other ones.
 */
export function runs(full: number): {readonly numRuns: number} {
  return {numRuns: process.env.TEST_FULL ? full : Math.ceil(full / 5)}
}
