import {describe, expect, it} from '@jest/globals'

import {AddonRegistry} from '../../../src/lib/addon/addon-registry.js'
import {OrderBook} from '../../../src/lib/sims/order-book.js'
import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import {listed} from '../../support/registry.js'

const nobody = {} as TwilioAccount

const PN = `PN${'1'.repeat(32)}`

describe('items that 0.1 wrote', () => {
  it('still say which number belongs to the main account', () => {
    const addon = {v: 1, appSpace: 'api-dev', plan: 'small', phoneNumber: {sid: PN, e164: '+1', movedIn: true}}
    const {records} = new AddonRegistry(nobody, 'aka-twilio').among([listed('api-dev', addon)])
    expect(records).toMatchObject([{phoneNumber: {sid: PN, transferred: true}}])
  })

  it('still say which cards were returned to stock', () => {
    const order = {v: 1, appSpace: 'api-dev', order: 'ord-1', createdAt: '', givenBack: [{sim: 'HS1', at: 'then'}]}
    expect(new OrderBook(nobody, 'aka-twilio').among([listed('api-dev/ord-1', order)])).toMatchObject([
      {record: {returnedToStock: [{sim: 'HS1', at: 'then'}]}},
    ])
  })
})

describe('the add-ons among the items of a registry', () => {
  it('are those that this version can read; what another one wrote is named, and orders are left out', () => {
    const items = [
      listed('api-dev', {v: 1, appSpace: 'api-dev', plan: 'small'}),
      listed('web-dev', {v: 2, appSpace: 'web-dev', plan: 'small'}),
      listed('big-dev', {v: 1, appSpace: 'big-dev', plan: 'gigantic'}),
      listed('api-dev/ord-1', {v: 1, order: 'ord-1'}),
    ]
    const {records, unknown} = new AddonRegistry(nobody, 'aka-twilio').among(items)
    expect(records.map(({appSpace}) => appSpace)).toEqual(['api-dev'])
    expect(unknown).toEqual(['web-dev', 'big-dev'])
  })
})

it.each([{accountSid: 'AC1'}, {accountSid: `AC${'1'.repeat(32)}?x`}, {phoneNumber: {sid: `${PN}/..`}}])(
  'an item whose SIDs are none is of no version: %j',
  (fields) => {
    const registry = new AddonRegistry(nobody, 'aka-twilio')
    const {records, unknown} = registry.among([
      listed('api-dev', {v: 1, appSpace: 'api-dev', plan: 'small', ...fields}),
    ])
    expect([records, unknown]).toEqual([[], ['api-dev']])
  },
)
