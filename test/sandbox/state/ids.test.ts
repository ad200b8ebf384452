import {expect, it} from '@jest/globals'

import {hash, nextSid, uuid} from '../../../src/sandbox/state/ids.js'

it('identifiers follow from the seed and what they are for', () => {
  expect(hash('seed', 'a')).toMatch(/^[0-9a-f]{32}$/)
  expect(hash('seed', 'a')).toBe(hash('seed', 'a'))
  expect(new Set([hash('seed', 'a'), hash('seed', 'b'), hash('other', 'a')]).size).toBe(3)
  expect(uuid('seed', 'a')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
})

it('SIDs are new each time, and the same in a run that does the same', () => {
  const run = () => {
    const state = {seed: 'seed', counter: 0}
    return [nextSid(state, 'AC'), nextSid(state, 'AC')]
  }
  const [first, second] = run()
  expect(first).toMatch(/^AC[0-9a-f]{32}$/)
  expect(second).not.toBe(first)
  expect(run()).toEqual([first, second])
})
