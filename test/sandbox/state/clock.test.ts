import {expect, it} from '@jest/globals'

import {stepAt} from '../../../src/sandbox/state/clock.js'

const START = 1_000_000

it.each([
  [0, 'queued', 0],
  [299, 'queued', 0],
  [300, 'sent', 300],
  [599, 'sent', 300],
  [600, 'delivered', 600],
  [99_999, 'delivered', 600],
  // The clock of a state file may be behind the one that wrote it.
  [-50, 'queued', 0],
])('after %s ms the status is %s, since %s ms after the start', (elapsed, status, since) => {
  expect(stepAt(START + elapsed, START, 'queued', [300, 'sent'], [600, 'delivered'])).toEqual({
    status,
    since: START + since,
  })
})

it('what has one step never changes', () => {
  expect(stepAt(START + 99_999, START, 'new')).toEqual({status: 'new', since: START})
})
