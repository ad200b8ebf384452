import {describe, expect, it} from '@jest/globals'

import {isOutstanding, newOrder, orderStates, requireTransition, simQuantity} from '../../../src/lib/sims/order.js'
import {order} from '../../support/sim-records.js'

describe('the state of an order', () => {
  const allowed = (kind: 'card' | 'esim') =>
    orderStates.map((from) => {
      const to = orderStates.filter((next) => {
        try {
          requireTransition(order({state: from, kind}), next)
          return next !== from
        } catch {
          return false
        }
      })
      return [from, to.join(' ')]
    })

  it('of cards goes on to their arrival, or ends', () => {
    expect(allowed('card')).toEqual([
      ['open', 'cancelled'],
      ['waiting', 'ordered shipped delivered cancelled'],
      ['ordered', 'shipped delivered cancelled'],
      ['shipped', 'delivered cancelled'],
      ['delivered', 'cancelled'],
      ['complete', ''],
      ['cancelled', ''],
    ])
  })

  it('of eSIM profiles can only be ended by hand', () => {
    expect(
      allowed('esim')
        .filter(([, to]) => to !== '')
        .map(([, to]) => to),
    ).toEqual(Array(5).fill('cancelled'))
  })

  it('may be set again', () => {
    expect(() => requireTransition(order({state: 'complete'}), 'complete')).not.toThrow()
  })

  it('counts against the limit until everything has arrived or it is cancelled', () => {
    expect(orderStates.filter((state) => !isOutstanding(order({state})))).toEqual(['complete', 'cancelled'])
  })
})

it('a new order has a number that nobody misreads, and nothing yet', () => {
  const owner = {appSpace: 'api-default', accountSid: 'AC1', host: 'apps.example.com'}
  const created = newOrder(owner, {kind: 'card', quantity: 2, state: 'open'})
  expect(created).toMatchObject({...owner, v: 1, stock: [], profiles: [], iccids: [], eids: []})
  expect(created.order).toMatch(/^ord-[2-9a-hjkmnp-z]{8}$/)
  expect(Date.parse(created.createdAt)).toBeLessThanOrEqual(Date.now())
})

it.each([
  ['card', 1, '1 SIM card'],
  ['card', 1200, '1,200 SIM cards'],
  ['esim', 2, '2 eSIM profiles'],
] as const)('the SIMs of an order are counted: %s, %i', (kind, quantity, expected) =>
  expect(simQuantity(kind, quantity)).toBe(expected),
)
