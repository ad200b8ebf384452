import {describe, expect, it} from '@jest/globals'

import {AddonRegistry} from '../../../src/lib/addon/addon-registry.js'
import {OrderBook} from '../../../src/lib/sims/order-book.js'
import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import {addonRecord, APP} from '../../support/in-process-addon.js'
import {listed} from '../../support/registry.js'
import {order} from '../../support/sim-records.js'

const nobody = {} as TwilioAccount

const PN = `PN${'1'.repeat(32)}`

describe('items that 0.1 wrote', () => {
  it('still say which number belongs to the main account', () => {
    const addon = {...addonRecord(), phoneNumber: {sid: PN, e164: '+1', movedIn: true}}
    const {records} = new AddonRegistry(nobody, 'aka-twilio').among([listed(APP, addon)])
    expect(records).toMatchObject([{phoneNumber: {sid: PN, transferred: true}}])
  })

  it('still say which cards were returned to stock', () => {
    const givenBack = [{sim: 'HS1', at: '2026-03-01T12:00:00.000Z'}]
    const items = [listed('api-default/ord-a', {...order(), givenBack})]
    expect(new OrderBook(nobody, 'aka-twilio').among(items)).toMatchObject([{record: {returnedToStock: givenBack}}])
  })
})

describe('the add-ons among the items of a registry', () => {
  it('are those that this version can read; what another one wrote is named, and orders are left out', () => {
    const items = [
      listed('api-dev', addonRecord({appSpace: 'api-dev'})),
      listed('web-dev', {...addonRecord({appSpace: 'web-dev'}), v: 2}),
      listed('big-dev', {...addonRecord({appSpace: 'big-dev'}), plan: 'gigantic'}),
      listed('api-default/ord-a', order()),
    ]
    const {records, unknown} = new AddonRegistry(nobody, 'aka-twilio').among(items)
    expect(records.map(({appSpace}) => appSpace)).toEqual(['api-dev'])
    expect(unknown).toEqual(['web-dev', 'big-dev'])
  })
})
