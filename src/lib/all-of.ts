/** All results, or the first failure, but not before everything has come to its end: nothing is left under way. */
export async function allOf<Work extends readonly unknown[]>(
  work: readonly [...Work],
): Promise<{-readonly [At in keyof Work]: Awaited<Work[At]>}> {
  await Promise.allSettled(work)
  return Promise.all(work)
}
