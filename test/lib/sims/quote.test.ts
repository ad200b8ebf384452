import {describe, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../src/lib/addon/record.js'
import type {OrderRecord} from '../../../src/lib/sims/order.js'
import {quote} from '../../../src/lib/sims/quote.js'
import {order, profile, sim} from '../../support/sim-records.js'

const ledger = (changes: {sims?: ReturnType<typeof sim>[]; ofProfiles?: string[]; orders?: OrderRecord[]} = {}) => {
  const {sims = [], ofProfiles = [], orders = []} = changes
  const profiles = ofProfiles.map((sid, index) => profile(index, {sim: sid}))
  const record = {plan: 'small', appSpace: 'api-default'} as AddonRecord
  return {record, holdings: {sims, profiles}, orders, allocation: {held: sims.length, onOrder: 2}}
}

describe('a quote', () => {
  it('tells what the order would leave of the limit', () => {
    const {plan, limit, leftAfter} = quote(ledger({sims: [sim(1)]}), 'card', 5)
    expect({plan, limit, leftAfter}).toEqual({plan: 'small', limit: 40, leftAfter: 40 - 1 - 2 - 5})
  })

  it('is $5 a card, and $40 a month from the first card on', () => {
    expect(quote(ledger(), 'card', 3).price).toEqual({once: 15, perMonth: 40, startsPerMonth: true})
  })

  it.each([
    ['there is a card', ledger({sims: [sim(1)]}), false],
    ['a card is on order', ledger({orders: [order()]}), false],
    ['there are only SIMs of eSIM profiles', ledger({sims: [sim(1)], ofProfiles: ['HS1']}), true],
    ['the order of cards was cancelled', ledger({orders: [order({state: 'cancelled'})]}), true],
    ['only eSIM profiles are on order', ledger({orders: [order({kind: 'esim'})]}), true],
  ])('begins the monthly charge or not: %s', (_, found, startsPerMonth) => {
    expect(quote(found, 'card', 1).price).toMatchObject({startsPerMonth})
  })

  it('is nothing for eSIM profiles', () => {
    expect(quote(ledger(), 'esim', 3).price).toEqual({once: 0, perMonth: 0, startsPerMonth: false})
  })

  it('is refused where there is no room', () => {
    expect(() => quote(ledger(), 'card', 39)).toThrow(expect.objectContaining({outcome: 'plan'}))
  })
})
