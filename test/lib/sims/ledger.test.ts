import {describe, expect, it} from '@jest/globals'

import type {Reservation} from '../../../src/lib/addon/record.js'
import {
  allocate,
  type Holdings,
  neededReservations,
  onOrderAsRecorded,
  orderOfEach,
  requireFits,
  requireRoom,
} from '../../../src/lib/sims/ledger.js'
import type {OrderRecord} from '../../../src/lib/sims/order.js'
import {order, profile, sim} from '../../support/sim-records.js'

const [one, two] = [sim(1), sim(2)]
const held = (...sims: Holdings['sims']): Holdings => ({sims, profiles: []})
const reserved = (quantity: number, id = 'ord-a'): Reservation => ({order: id, quantity})

describe('what an app-space has', () => {
  const cases: readonly [string, Holdings, Reservation[], OrderRecord[], {held: number; onOrder: number}][] = [
    ['nothing', held(), [], [], {held: 0, onOrder: 0}],
    ['SIMs that nobody ordered', held(one, two), [], [], {held: 2, onOrder: 0}],
    ['an order that waits', held(), [reserved(3)], [order({quantity: 3})], {held: 0, onOrder: 3}],
    [
      'an order of which one card came from stock and one was registered',
      held(one, two),
      [reserved(3)],
      [order({quantity: 3, stock: [one.sid], iccids: [two.iccid]})],
      {held: 2, onOrder: 1},
    ],
    [
      'a card that an order has chosen and not got',
      held(),
      [reserved(1)],
      [order({stock: [one.sid]})],
      {held: 0, onOrder: 1},
    ],
    ['a reservation whose order is just being written', held(), [reserved(2)], [], {held: 0, onOrder: 2}],
    ['an order without a reservation', held(), [], [order({quantity: 5})], {held: 0, onOrder: 0}],
    [
      'an order that was cancelled',
      held(one),
      [reserved(2)],
      [order({quantity: 2, state: 'cancelled'})],
      {held: 1, onOrder: 0},
    ],
    [
      'an eSIM profile on its way',
      {sims: [], profiles: [profile(1)]},
      [reserved(1)],
      [order({kind: 'esim', state: 'ordered', profiles: ['HP1']})],
      {held: 0, onOrder: 1},
    ],
    [
      'an eSIM profile that failed',
      {sims: [], profiles: [profile(1, {status: 'failed'})]},
      [reserved(1)],
      [order({kind: 'esim', state: 'ordered', profiles: ['HP1']})],
      {held: 0, onOrder: 0},
    ],
    [
      'an eSIM profile that has become a SIM',
      {sims: [one], profiles: [profile(1, {sim: one.sid})]},
      [reserved(1)],
      [order({kind: 'esim', state: 'ordered', profiles: ['HP1']})],
      {held: 1, onOrder: 0},
    ],
    [
      'an eSIM profile that somebody ordered by hand',
      {sims: [], profiles: [profile(1)]},
      [],
      [],
      {held: 0, onOrder: 1},
    ],
    [
      'an eSIM profile that an open order is about to write down',
      {sims: [], profiles: [profile(1)]},
      [reserved(1)],
      [order({kind: 'esim', state: 'open'})],
      {held: 0, onOrder: 1},
    ],
    [
      'one that was there before that order',
      {sims: [], profiles: [profile(1)]},
      [reserved(1)],
      [order({kind: 'esim', state: 'open', foreignProfiles: ['HP1']})],
      {held: 0, onOrder: 2},
    ],
    [
      'one of an order that was cancelled: it cannot be returned',
      {sims: [], profiles: [profile(1)]},
      [],
      [order({kind: 'esim', state: 'cancelled', profiles: ['HP1']})],
      {held: 0, onOrder: 1},
    ],
  ]
  it.each(cases)('%s', (_, holdings, reservations, orders, expected) => {
    expect(allocate(holdings, reservations, orders)).toEqual(expected)
  })
})

describe('a SIM that several orders name', () => {
  it.each([
    [
      'the complete one',
      [order({state: 'open', stock: ['HS1']}), order({order: 'ord-b', state: 'complete', stock: ['HS1']})],
    ],
    [
      'one that was not cancelled',
      [order({state: 'cancelled', stock: ['HS1']}), order({order: 'ord-b', stock: ['HS1']})],
    ],
    ['the latest', [order({stock: ['HS1']}), order({order: 'ord-b', stock: ['HS1'], createdAt: '2026-03-02'})]],
  ])('belongs to %s', (_, orders) => {
    expect(orderOfEach(held(one), orders)).toEqual(new Map([['HS1', 'ord-b']]))
  })
})

it('a reservation is needed until everything has arrived, and while nobody knows its order yet', () => {
  const orders = [
    order({stock: ['HS1']}),
    order({order: 'ord-b', quantity: 2, stock: ['HS2']}),
    order({order: 'ord-c', state: 'open', stock: ['HS3']}),
  ]
  const all = ['ord-a', 'ord-b', 'ord-c', 'ord-d'].map((id) => reserved(1, id))
  const needed = neededReservations(held(one, two, sim(3)), all, orders)
  expect(needed.map((each) => each.order)).toEqual(['ord-b', 'ord-c', 'ord-d'])
})

it('the registry alone takes for held what an order has written down', () => {
  const orders = [order({quantity: 4, stock: ['HS1'], iccids: ['8988']}), order({order: 'ord-b', state: 'complete'})]
  expect(onOrderAsRecorded([reserved(4), reserved(9, 'ord-b'), reserved(2, 'ord-c')], orders)).toBe(2 + 0 + 2)
})

describe('the limit', () => {
  const addon = {plan: 'small', appSpace: 'api-default'} as const
  const refusal = (act: () => void) => {
    try {
      act()
    } catch (error) {
      return error as {message: string; suggestions: string[]; outcome: string}
    }
    return undefined
  }

  it('may be reached', () => {
    expect(refusal(() => requireRoom(addon, {held: 30, onOrder: 5}, 5))).toBeUndefined()
    expect(refusal(() => requireFits('small', {held: 35, onOrder: 5}))).toBeUndefined()
  })

  it('may not be exceeded: exit 3 with the numbers and the smallest plan that allows as many', () => {
    expect(refusal(() => requireRoom(addon, {held: 30, onOrder: 5}, 50))).toMatchObject({
      outcome: 'plan',
      message: 'twilio:small allows 40 SIMs: 30 held and 5 on order leave 5, but 50 were requested.',
      suggestions: [
        'Order 5 or fewer.',
        'twilio:large allows 160: aka addons:upgrade twilio:large -a api-default',
        'To find an order that is no longer needed: aka twilio:sims:orders -a api-default',
      ],
    })
    expect(refusal(() => requireRoom(addon, {held: 50, onOrder: 0}, 120))?.suggestions).toEqual([
      expect.stringMatching(/No plan allows that many/),
    ])
    expect(refusal(() => requireFits('small', {held: 40, onOrder: 2}))?.message).toMatch(
      /40 held and 2 on order: 2 too many/,
    )
  })
})
