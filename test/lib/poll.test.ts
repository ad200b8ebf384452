import {describe, expect, it} from '@jest/globals'

import {watch} from '../../src/lib/poll.js'
import {stopClock} from '../support/clock.js'

const pacing = stopClock()
const count = {refresh: async (latest: number) => latest + 1, timeoutMs: 60_000}

describe('watching something', () => {
  it('ends when it is final', async () => {
    expect(await watch(pacing, 1, {...count, isFinal: (number) => number === 3})).toBe(3)
  })

  it('asks nothing when it is final already', async () => {
    const refresh = (): Promise<number> => Promise.reject(new Error('asked'))
    expect(await watch<number>(pacing, 3, {...count, refresh, isFinal: (number) => number === 3})).toBe(3)
  })

  it('gives it as it is when the time is over', async () => {
    expect(await watch(pacing, 1, {...count, isFinal: () => false})).toBeGreaterThan(60_000 / 400)
  })
})
