import {expect, it} from '@jest/globals'

import {Tally} from '../../../src/lib/bulk/tally.js'
import {refused} from '../../../src/lib/errors.js'

it('says how many failed, how fast it goes and how long it will take, until all are done', () => {
  let now = 0
  const tally = new Tally<string>(40, () => now)
  now = 2000
  expect(tally.progress()).toBe('0 failed, 0.0 a second')
  for (let index = 0; index < 9; index++) tally.count({result: 'done'})
  tally.count({failure: refused('TWILIO_REFUSED', 'No.')})
  expect(tally.ended).toBe(10)
  expect(tally.progress()).toBe('1 failed, 5.0 a second, about 6 s left')
  now = 100_000
  expect(tally.progress()).toBe('1 failed, 0.1 a second, about 5 min left')
  for (let index = 0; index < 30; index++) tally.count({result: 'done'})
  expect(tally.progress()).toBe('1 failed, 0.4 a second')
})
