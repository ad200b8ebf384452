import {expect, it} from '@jest/globals'

import {OrderBook} from '../../../src/lib/sims/order-book.js'
import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import {listed} from '../../support/registry.js'
import {order} from '../../support/sim-records.js'

const book = new OrderBook({} as TwilioAccount, 'aka-twilio')

it('the orders are found among the items of the registry, oldest first', () => {
  const later = order({order: 'ord-b', createdAt: '2026-03-02T12:00:00.000Z'})
  const items = [
    listed('api-default/ord-b', later),
    listed('api-default/ord-a', order()),
    listed('api-default', {v: 1, appSpace: 'api-default'}),
    listed('stock/cards', {v: 1, key: 'stock/cards'}),
    listed('api-default/ord-c', {...order({order: 'ord-c'}), v: 2}),
    listed('api-default/ord-d', order()),
  ]
  expect(book.among(items).map(({record}) => record.order)).toEqual(['ord-a', 'ord-b'])
})

it.each([
  {nonce: undefined},
  {host: 7},
  {accountSid: ''},
  {quantity: 'many'},
  {createdAt: 'soon'},
  {kind: 'phone'},
  {state: 'lost'},
  {carrier: ''},
  {eids: undefined},
  {stock: {}},
  {profiles: [7]},
  {iccids: 'none'},
  {returnedToStock: [{sim: 'HS1'}]},
])('an order that somebody edited is none: %j', (changes) => {
  expect(book.among([listed('api-default/ord-a', {...order(), ...changes})])).toEqual([])
})

it('an order has a key of its own, under its app-space', () => {
  expect(book.keyOf(order())).toBe('api-default/ord-a')
})
