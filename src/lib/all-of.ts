/**
 * Something that is under way while something else is awaited first: where that fails, nobody awaits this any more, and its own
 * failure must not end the process.
 */
export function underWay<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => undefined)
  return work
}

/** All results, or the first failure, but not before everything has come to its end: nothing is left under way. */
export async function allOf<Work extends readonly unknown[]>(
  work: readonly [...Work],
): Promise<{-readonly [At in keyof Work]: Awaited<Work[At]>}> {
  await Promise.allSettled(work)
  return Promise.all(work)
}
