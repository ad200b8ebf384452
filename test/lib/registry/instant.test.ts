import {mock} from 'node:test'

import {afterEach, describe, expect, it} from '@jest/globals'

import {elapsedMs, instant} from '../../../src/lib/registry/instant.js'

afterEach(() => mock.restoreAll())

/** What the clocks show. */
function clocks(monotonic: number, wall: number): void {
  mock.restoreAll()
  mock.method(performance, 'now', () => monotonic)
  mock.method(Date, 'now', () => wall)
}

describe('the time that has passed', () => {
  it.each([
    ['both clocks', {monotonic: 3000, wall: 3000}, 3000],
    ['the other one, where a laptop slept and the monotonic one stood still', {monotonic: 20, wall: 60_000}, 60_000],
    ['the monotonic one, where the other was set back', {monotonic: 3000, wall: -3_600_000}, 3000],
    [
      'the other one, where that was set forward: rather too much than too little',
      {monotonic: 3000, wall: 90_000},
      90_000,
    ],
  ])('is that of %s', (_, passed, expected) => {
    clocks(500, 1_000_000)
    const since = instant()
    clocks(500 + passed.monotonic, 1_000_000 + passed.wall)
    expect(elapsedMs(since)).toBe(expected)
  })
})
