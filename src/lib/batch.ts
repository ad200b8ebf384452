import pLimit from 'p-limit'

import {asFailure, beforeAnyChange, Failure} from './errors.js'

/** How many add-ons are read at once: four requests each stay well below what Twilio lets an account have under way. */
const atOnce = 12

/** What became of each: a result, or why there is none. */
export type Outcome<Result> = {readonly result: Result} | {readonly failure: Failure}

/** Does the same for many add-ons, a few at a time; one that fails, in whatever way, does not hide the others. */
export async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  onProgress: (done: number, all: number) => void,
): Promise<Outcome<Result>[]> {
  const limit = pLimit(atOnce)
  let done = 0
  const one = async (item: Item): Promise<Outcome<Result>> => {
    try {
      return {result: await work(item)}
    } catch (error) {
      const failure = asFailure(error)
      if (failure.outcome !== 'interrupted') return {failure}
      limit.clearQueue()
      throw failure
    } finally {
      onProgress(++done, items.length)
    }
  }
  return Promise.all(items.map((item) => limit(one, item)))
}

/** One failure for all add-ons that could not be read, with the exit code of the worst; none when all were read. */
export function readFailures(
  entries: readonly {readonly record: {readonly appSpace: string}; readonly failure?: Failure | undefined}[],
): Failure[] {
  const failed = entries.flatMap(({record: {appSpace}, failure}) => (failure ? [{appSpace, failure}] : []))
  const worst = failed.sort((a, b) => b.failure.exitCode - a.failure.exitCode)
  const [first] = worst
  if (!first) return []
  const more = worst.length - 5
  const failure = new Failure({
    code: 'ADDONS_NOT_READ',
    worst: first.failure,
    message: `${worst.length} of ${entries.length} add-ons could not be read.`,
    suggestions: [
      ...worst.slice(0, 5).map(({appSpace, failure}) => `${appSpace}: ${failure.message}`),
      ...(more > 0 ? [`and ${more} more; --json has them all`] : []),
      // Most often it is the same for all.
      ...beforeAnyChange([...new Set(worst.flatMap(({failure: {suggestions}}) => suggestions))].slice(0, 3)),
    ],
  })
  return [failure]
}
