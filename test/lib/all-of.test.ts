import {describe, expect, it} from '@jest/globals'

import {allOf, underWay} from '../../src/lib/all-of.js'

/** What ends when it is told to. */
function pending<Result>() {
  let [resolve, reject]: [(result: Result) => void, (error: Error) => void] = [() => undefined, () => undefined]
  const work = new Promise<Result>((...ends) => ([resolve, reject] = ends))
  return {work, resolve, reject}
}

describe('what is done at the same time', () => {
  it('has all results, in their order', async () => {
    const [slow, fast] = [pending<string>(), pending<number>()]
    const all = allOf([slow.work, fast.work])
    fast.resolve(2)
    slow.resolve('one')
    expect(await all).toEqual(['one', 2])
  })

  it('fails with its first failure in order, once nothing of it is under way any more', async () => {
    const [slow, failing] = [pending<string>(), pending<number>()]
    let ended = false
    const all = allOf([slow.work, failing.work]).finally(() => (ended = true))
    const failed = expect(all).rejects.toThrow('the fast one')
    failing.reject(new Error('the fast one'))
    await new Promise(setImmediate)
    expect(ended).toBe(false)
    slow.resolve('one')
    await failed
  })
})

it('what is under way may fail while nobody awaits it, and then fails whoever awaits it', async () => {
  const unhandled: unknown[] = []
  const listener = (error: unknown) => void unhandled.push(error)
  process.on('unhandledRejection', listener)
  const {work, reject} = pending()
  const started = underWay(work)
  reject(new Error('later'))
  await new Promise(setImmediate)
  process.off('unhandledRejection', listener)
  expect(unhandled).toEqual([])
  await expect(started).rejects.toThrow('later')
})
