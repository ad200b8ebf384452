import pLimit from 'p-limit'

import {Failure} from '../errors.js'

/** How many add-ons are read at once: four requests each stay well below what Twilio lets an account have under way. */
const atOnce = 12

/** What became of each: a result, or why there is none. */
export type Outcome<Result> = {readonly result: Result} | {readonly failure: Failure}

/** Does the same for many add-ons, a few at a time; one that fails does not hide the others. */
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
      if (error instanceof Failure && error.outcome !== 'interrupted') return {failure: error}
      limit.clearQueue()
      throw error
    } finally {
      onProgress(++done, items.length)
    }
  }
  return Promise.all(items.map((item) => limit(one, item)))
}

/** One failure for those of many: what was wrong, with the exit code of the worst; undefined when nothing failed. */
export function notRead(
  failed: readonly {readonly appSpace: string; readonly failure: Failure}[],
  all: number,
): Failure | undefined {
  const worst = [...failed].sort((a, b) => b.failure.exitCode - a.failure.exitCode)
  const [first] = worst
  if (!first) return undefined
  const more = worst.length - 5
  return new Failure({
    code: 'ADDONS_NOT_READ',
    outcome: first.failure.outcome,
    message: `${worst.length} of ${all} add-ons could not be read.`,
    suggestions: [
      ...worst.slice(0, 5).map(({appSpace, failure}) => `${appSpace}: ${failure.message}`),
      ...(more > 0 ? [`and ${more} more; --json has them all`] : []),
    ],
  })
}
