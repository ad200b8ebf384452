import {expect, it} from '@jest/globals'

import {OrderBook} from '../../../src/lib/sims/order-book.js'
import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import type {MapItem} from '../../../src/lib/twilio/sync-map.js'
import {order} from '../../support/sim-records.js'

const book = new OrderBook({} as TwilioAccount, 'aka-twilio')
const item = (key: string, data: object): MapItem => ({
  key,
  data,
  revision: '1',
  updatedAt: new Date(0),
  readAt: undefined,
})

it('the orders are found among the items of the registry, oldest first', () => {
  const later = order({order: 'ord-b', createdAt: '2026-03-02T12:00:00.000Z'})
  const items = [
    item('api-default/ord-b', later),
    item('api-default/ord-a', order()),
    item('api-default', {v: 1, appSpace: 'api-default'}),
    item('stock/cards', {v: 1, key: 'stock/cards'}),
    item('api-default/ord-c', {...order({order: 'ord-c'}), v: 2}),
    item('api-default/ord-d', order()),
  ]
  expect(book.among(items).map(({record}) => record.order)).toEqual(['ord-a', 'ord-b'])
})

it('an order has a key of its own, under its app-space', () => {
  expect(book.keyOf(order())).toBe('api-default/ord-a')
})
