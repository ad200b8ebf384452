import type {LimitFunction} from 'p-limit'

import {asFailure, type Failure} from '../errors.js'
import {preferLeastMemory} from '../memory.js'

/** What became of one of many. */
export type Ended<Result> = {readonly result: Result} | {readonly failure: Failure}

interface CarryOutOptions<Item, Result> {
  readonly limit: LimitFunction
  /** Aborted once nothing more is to be begun. */
  readonly stopping: AbortSignal
  /** Begins nothing more after the first that failed. */
  readonly failFast: boolean
  readonly onEnd: (item: Item, ended: Ended<Result>) => void
}

/** Does the same for many, as many at once as the limit allows. @returns those that were not begun */
export async function carryOut<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  {limit, stopping, failFast, onEnd}: CarryOutOptions<Item, Result>,
): Promise<Item[]> {
  preferLeastMemory()
  const notBegun: Item[] = []
  let mayBegin = true
  const one = async (item: Item): Promise<void> => {
    if (stopping.aborted || !mayBegin) return void notBegun.push(item)
    const ended = await work(item).then(
      (result): Ended<Result> => ({result}),
      (error: unknown) => ({failure: asFailure(error)}),
    )
    // What is wrong with the credentials is wrong for all.
    if ('failure' in ended) mayBegin &&= !failFast && ended.failure.outcome !== 'credentials'
    onEnd(item, ended)
  }
  await Promise.all(items.map((item) => limit(one, item)))
  return notBegun
}
