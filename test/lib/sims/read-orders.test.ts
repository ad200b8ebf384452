import {describe, expect, it} from '@jest/globals'

import {hasArrived, readOrders} from '../../../src/lib/sims/read-orders.js'
import {bothCarriers, placeAndReport, startSimsInProcess} from '../../support/in-process-sims.js'
import {order, profile} from '../../support/sim-records.js'

describe.each(bothCarriers)('with SIMs of %s', (carrier) => {
  describe('the eSIM profiles of an order', () => {
    const ordered = order({kind: 'esim', state: 'ordered', profiles: ['HP1', 'HP2']})
    const there = profile(1, {sim: 'HS1'})

    it.each([
      ['have arrived when each is there or has failed', ordered, [there, profile(2, {status: 'failed'})], true],
      ['have not while one is on its way', ordered, [there, profile(2)], false],
      ['have not while one does not show', ordered, [there], false],
      ['are nobody’s business once the order is complete', {...ordered, state: 'complete'}, [there], false],
      ['are not there for an order of cards', {...ordered, kind: 'card'}, [], false],
    ] as const)('%s', (_, record, profiles, arrived) => {
      expect(hasArrived(record, profiles)).toBe(arrived)
    })
  })

  it('an order that was not waited for is completed when its profiles are there', async () => {
    const {sims, sandbox, book} = await startSimsInProcess({carrier})
    const request = {quantity: 1, eids: [], address: undefined, seller: undefined, follow: false} as const
    await placeAndReport(sims, {...request, kind: 'esim'})
    await placeAndReport(sims, {...request, kind: 'card'})
    expect((await readOrders(sims)).orders.map(({state}) => state)).toEqual(['ordered', 'waiting'])
    await sandbox.advanceClock(5)
    const {orders, profiles} = await readOrders(sims)
    expect(orders.map(({state}) => state)).toEqual(['complete', 'waiting'])
    expect(profiles).toMatchObject([{status: 'available', activationCode: expect.any(String)}])
    expect(await book()).toMatchObject({reservations: {[orders[1]?.order ?? '']: 1}, held: []})
  })
})
