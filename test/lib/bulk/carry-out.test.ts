import {describe, expect, it} from '@jest/globals'
import pLimit from 'p-limit'

import {carryOut, type Ended} from '../../../src/lib/bulk/carry-out.js'
import {badCredentials, refused} from '../../../src/lib/errors.js'

const no = refused('TWILIO_REFUSED', 'No.')

interface Options {
  readonly atOnce?: number
  readonly failFast?: boolean
  readonly work?: (item: string) => Promise<unknown>
  readonly stopping?: AbortController
}

/** Does it for five. Gives what became of each, and those that were not begun. */
async function run({atOnce = 1, failFast = false, stopping = new AbortController(), ...options}: Options) {
  const ended: Record<string, Ended<unknown>> = {}
  const notBegun = await carryOut(['a', 'b', 'c', 'd', 'e'], options.work ?? (async () => 'done'), {
    limit: pLimit(atOnce),
    stopping: stopping.signal,
    failFast,
    onEnd: (item, end) => void (ended[item] = end),
  })
  return {ended, notBegun}
}
const failing = (item: string, error: Error) => async (each: string) => {
  if (each === item) throw error
  return 'done'
}

describe('what is done for many', () => {
  it('is reported for each, whether it was done or failed: one hides none of the others', async () => {
    const {ended, notBegun} = await run({work: failing('b', no)})
    expect(ended).toMatchObject({a: {result: 'done'}, b: {failure: no}, e: {result: 'done'}})
    expect([Object.keys(ended).length, notBegun]).toEqual([5, []])
  })

  it('fails with a failure, whatever was thrown', async () => {
    const {ended} = await run({work: failing('b', new TypeError('a mistake in the code'))})
    expect(ended.b).toMatchObject({failure: {code: 'INTERNAL_ERROR', message: expect.stringContaining('a mistake')}})
  })

  it('is done for as many at once as the limit allows', async () => {
    let [now, most] = [0, 0]
    const work = async () => {
      most = Math.max(most, ++now)
      await Promise.resolve()
      now--
    }
    await run({atOnce: 3, work})
    expect(most).toBe(3)
  })
})

describe('nothing more is begun', () => {
  it('after the first that failed, where that was asked for', async () => {
    const {ended, notBegun} = await run({failFast: true, work: failing('b', no)})
    expect([Object.keys(ended), notBegun]).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ])
  })

  it('after wrong credentials, which are wrong for all, also where others fail for another reason', async () => {
    const wrong = badCredentials('CREDENTIALS_REFUSED', 'No.', 'Log in.')
    expect((await run({work: failing('c', wrong)})).notBegun).toEqual(['d', 'e'])
    const work = async (item: string) => {
      throw item === 'a' ? wrong : no
    }
    expect((await run({atOnce: 2, work})).notBegun).toEqual(['c', 'd', 'e'])
  })

  it('once a person stops it; what was begun is ended', async () => {
    const stopping = new AbortController()
    const work = async (item: string) => {
      await Promise.resolve()
      if (item === 'a') stopping.abort()
      return 'done'
    }
    const {ended, notBegun} = await run({atOnce: 2, stopping, work})
    expect(ended).toEqual({a: {result: 'done'}, b: {result: 'done'}})
    expect(notBegun).toEqual(['c', 'd', 'e'])
  })

  it('by one that ends well after another one failed', async () => {
    let isOver: () => void = () => undefined
    const over = new Promise<void>((resolve) => (isOver = resolve))
    const work = async (item: string) => {
      if (item === 'a') return over
      isOver()
      throw no
    }
    const {ended, notBegun} = await run({atOnce: 2, failFast: true, work})
    expect(ended).toMatchObject({a: {result: undefined}, b: {failure: no}})
    expect(notBegun).toEqual(['c', 'd', 'e'])
  })
})
