import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {Interruption} from '../../src/cli/interruption.js'

const signals = ['SIGINT', 'SIGTERM'] as const
const listeners = () => signals.map((signal) => process.listenerCount(signal))

describe('a signal', () => {
  let interruption: Interruption
  let others: number[]
  const ours = () => listeners().map((count, at) => count - (others[at] ?? 0))
  beforeEach(() => {
    others = listeners()
    interruption = new Interruption()
    interruption.listen()
  })
  afterEach(() => interruption.stopListening())

  it('is left to the system while something is computed, which could not hear it, and is heard again afterwards', () => {
    expect(ours()).toEqual([1, 1])
    expect(interruption.whileComputing(() => ours())).toEqual([0, 0])
    expect(ours()).toEqual([1, 1])
  })

  it('is heard again after a computation that failed', () => {
    const fail = () => {
      throw new Error('odd')
    }
    expect(() => interruption.whileComputing(fail)).toThrow('odd')
    expect(ours()).toEqual([1, 1])
  })
})
