import {describe, expect, it} from '@jest/globals'

import {longestWait, type LongWait, until, watch} from '../../src/lib/poll.js'
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

describe('a wait that may be long', () => {
  it('is announced at once and then at least every 15 seconds, with how long it takes at most', async () => {
    const told: LongWait[] = []
    const clock = {...stopClock(), tell: (wait: LongWait) => void told.push(wait)}
    const never = async () => undefined
    await until(clock, never, {timeoutMs: 60_000, everyMs: 2000, what: 'for Godot'})
    expect(told[0]).toEqual({what: 'for Godot', waitedMs: 0, timeoutMs: 60_000})
    const gaps = told.slice(1).map(({waitedMs}, at) => waitedMs - (told[at]?.waitedMs ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(15_000)
    expect(told.at(-1)?.waitedMs).toBeGreaterThan(45_000)
    await until(clock, never, {timeoutMs: 4000})
    expect(told).toHaveLength(gaps.length + 1)
  })

  it('takes as long as a person says, else as usual', () => {
    expect([longestWait(pacing, 600), longestWait({...pacing, longestWaitMs: 5}, 600)]).toEqual([600, 5])
  })
})
