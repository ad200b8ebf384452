import {describe, expect, it} from '@jest/globals'

import {nextStepAfter, nextStepOf} from '../../../src/lib/sims/next-step.js'
import type {OrderRecord, OrderState} from '../../../src/lib/sims/order.js'
import {order, profile} from '../../support/sim-records.js'

describe('what happens next with an order', () => {
  it.each<[OrderState, RegExp]>([
    ['open', /^It was interrupted: the same command resumes it\.$/],
    ['waiting', /^The administrator orders the cards \(https.*twilio:sims:orders:update ord-a --state ordered/],
    [
      'ordered',
      /^Twilio ships the cards\. Whoever gets them registers them: .*twilio:sims:register -a api-default --file/,
    ],
    ['shipped', /^The cards are on their way\. .*twilio:sims:register/],
    ['delivered', /^Whoever has the cards registers them: .*twilio:sims:register/],
    ['complete', /^To see the SIMs: .*twilio:sims -a api-default/],
    ['cancelled', /^Nothing: it was cancelled\.$/],
  ])('that is %s is said in a sentence', (state, sentence) => {
    expect(nextStepOf(order({state}))).toMatch(sentence)
  })

  it.each<[Partial<OrderRecord>, RegExp]>([
    [{carrier: 'kore', state: 'waiting'}, /kore/i],
    [{carrier: 'kore', state: 'ordered'}, /^KORE ships the cards/],
    [{seller: 'endpoint', state: 'ordered'}, /^The seller ships the cards/],
    [{kind: 'esim', state: 'ordered'}, /^Twilio makes the profiles available: .*twilio:sims:orders -a api-default/],
    [{kind: 'esim', state: 'complete'}, /^To see the SIMs/],
  ])('depends on who does it: %j', (changes, sentence) => {
    expect(nextStepOf(order(changes))).toMatch(sentence)
  })
})

it('after an order of profiles of which some failed, those are to be ordered again', () => {
  const placed = (...profiles: readonly ReturnType<typeof profile>[]) =>
    nextStepAfter({
      order: order({kind: 'esim', state: 'ordered', quantity: 3}),
      profiles,
      release: () => Promise.reject(new Error('not asked for')),
    })
  expect(placed(profile(1), profile(2, {status: 'failed'}), profile(3, {status: 'failed'}))).toBe(
    '2 of 3 failed and will not be delivered: order 2 more.',
  )
  expect(placed(profile(1))).toMatch(/^Twilio makes the profiles available/)
})
