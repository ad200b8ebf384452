import {describe, expect, it} from '@jest/globals'

import {
  listedOrder,
  orderUpdatedDocument,
  placedDocument,
  profilesOf,
  quoteDocument,
  unfinishedDocument,
} from '../../../src/lib/sims/order-document.js'
import type {Placed} from '../../../src/lib/sims/place-order.js'
import type {Quote} from '../../../src/lib/sims/quote.js'
import {order, profile} from '../../support/sim-records.js'

const placed = (record: Parameters<typeof order>[0], profiles: Placed['profiles'] = []) =>
  ({order: order(record), profiles}) as unknown as Placed
const plain = {resumed: false, files: new Map<string, string>()}

describe('the document of an order', () => {
  it('of cards says how many are still to come, whether they come from stock or by mail', () => {
    const cards = placed({quantity: 5, stock: ['HS1', 'HS2'], iccids: ['8988307000000000003']})
    expect(placedDocument(cards, plain)).toMatchObject({
      quantity: 5,
      fromStock: ['HS1', 'HS2'],
      waiting: 2,
      seller: null,
      reference: null,
      addressSid: null,
      profiles: [],
    })
  })

  it('of eSIM profiles waits for no card, and has of each what a device needs, and the file with its QR code', () => {
    const profiles = [
      profile(1, {status: 'available', activationCode: 'LPA:1$x', sim: 'HS1', iccid: '1'}),
      profile(2, {status: 'failed', problem: 'No such EID.'}),
    ]
    const files = new Map([['HP1', 'codes/HP1.png']])
    const document = placedDocument(placed({kind: 'esim', quantity: 2}, profiles), {resumed: true, files})
    expect(document).toMatchObject({
      resumed: true,
      waiting: 0,
      profiles: [
        {sid: 'HP1', activationCode: 'LPA:1$x', sim: 'HS1', eid: null, problem: null, qrFile: 'codes/HP1.png'},
        {sid: 'HP2', status: 'failed', activationCode: null, problem: 'No such EID.', qrFile: null},
      ],
      next: '1 of 2 failed and will not be delivered: order 1 more.',
    })
  })

  it('says what happens next', () => {
    expect(placedDocument(placed({}), plain).next).toMatch(/administrator.*orders:update ord-a --state ordered/)
  })
})

it('a dry run says what the order would cost and leave, or which interrupted one would be resumed', () => {
  const quote: Quote = {
    plan: 'small',
    limit: 40,
    allocation: {held: 3, onOrder: 2},
    leftAfter: 30,
    price: {once: 25, perMonth: 40, startsPerMonth: true},
  }
  const request = {kind: 'card', quantity: 5, address: undefined} as const
  expect(quoteDocument('api-default', request, quote)).toMatchObject({
    dryRun: true,
    held: 3,
    onOrder: 2,
    leftAfter: 30,
    price: {once: 25},
    addressSid: null,
  })
  expect(unfinishedDocument(order({state: 'open', quantity: 4, addressSid: 'AD1'}))).toEqual({
    dryRun: true,
    unfinished: 'ord-a',
    appSpace: 'api-default',
    kind: 'card',
    quantity: 4,
    addressSid: 'AD1',
  })
})

describe('an order in a list', () => {
  const record = order({kind: 'esim', state: 'ordered', profiles: ['HP1', 'HP3']})
  const profiles = [
    profile(1, {activationCode: 'LPA:1$one'}),
    profile(2, {activationCode: 'LPA:1$of-another-order'}),
    profile(3),
  ]

  it('has the activation codes of its own profiles alone, as far as there are any', () => {
    expect(listedOrder(record, profiles).activationCodes).toEqual(['LPA:1$one'])
    expect(profilesOf(record, profiles).map(({sid}) => sid)).toEqual(['HP1', 'HP3'])
    expect(listedOrder(record, [])).toMatchObject({profiles: ['HP1', 'HP3'], activationCodes: []})
  })

  it('tells by null what is not known of it', () => {
    expect(listedOrder(order(), [])).toMatchObject({addressSid: null, seller: null, reference: null, tracking: null})
    expect(orderUpdatedDocument(order({state: 'shipped'}))).toMatchObject({state: 'shipped', tracking: null})
    expect(orderUpdatedDocument(order({tracking: '1Z'})).tracking).toBe('1Z')
  })
})
