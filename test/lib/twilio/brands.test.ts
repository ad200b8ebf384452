import {describe, expect, it} from '@jest/globals'

import {listBrands} from '../../../src/lib/twilio/brands.js'
import {startInProcess} from '../../support/in-process.js'
import {putReviewed, sidAt} from '../../support/in-process-registration.js'

describe('a brand', () => {
  it('tells whose it is, whether it registers anything, and why it was rejected', async () => {
    const world = await startInProcess()
    const account = await world.newSubaccount()
    await putReviewed(world, account.sid, {
      brands: [
        ['approved', 1, 'mock'],
        ['rejected', 2],
      ],
    })
    await putReviewed(world, world.main.sid, {brands: [['approved', 3]]})
    const brands = await listBrands(account)
    expect(brands.toSorted((a, b) => (a.sid < b.sid ? -1 : 1))).toMatchObject([
      {sid: sidAt('BN', 1), profileSid: sidAt('BU', 1), mock: true, state: 'approved', reasons: []},
      {sid: sidAt('BN', 2), profileSid: sidAt('BU', 2), mock: false, state: 'rejected', reasons: [{code: 30796}]},
    ])
  })
})
