import {describe, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../src/lib/addon/record.js'
import {periodOf} from '../../../src/lib/days.js'
import {cardOrders, chargesFor, planDays} from '../../../src/lib/invoice/charges.js'
import type {OrderRecord} from '../../../src/lib/sims/order.js'

function addon(changes: Partial<AddonRecord> = {}): AddonRecord {
  return {
    v: 1,
    nonce: '',
    appSpace: 'api-default',
    host: 'example.com',
    plan: 'small',
    state: 'ready',
    intent: {operation: 'destroy', keepNumber: false},
    reservations: [],
    createdAt: '2026-01-15T12:00:00.000Z',
    ...changes,
  }
}

function order(changes: Partial<OrderRecord>): OrderRecord {
  return {
    v: 1,
    nonce: '',
    order: 'ord-1',
    appSpace: 'api-default',
    host: 'example.com',
    accountSid: '',
    kind: 'card',
    quantity: 1,
    eids: [],
    state: 'complete',
    stock: [],
    profiles: [],
    iccids: [],
    createdAt: '2026-01-20T00:00:00.000Z',
    ...changes,
  }
}

const january = {quantity: 3, createdAt: '2026-01-31T23:59:59.999Z'}
const march = {order: 'ord-2', quantity: 10, createdAt: '2026-03-01T00:00:00.000Z'}
const esims = {kind: 'esim', quantity: 30} as const
const returned = (...at: string[]) => ({
  returnedToStock: at.map((time, index) => ({sim: `HS${String(index)}`, at: time})),
})

/** By hand: [plan, $40 or none, cards ordered, their $5 each, all together]. */
const table: readonly (readonly [string, AddonRecord, readonly Partial<OrderRecord>[], string, readonly number[]])[] = [
  ['no cards', addon(), [], '2026-02', [50, 0, 0, 0, 50]],
  ['a larger plan', addon({plan: 'large'}), [], '2026-02', [200, 0, 0, 0, 200]],
  ['before it was made', addon(), [], '2025-12', [0, 0, 0, 0, 0]],
  ['in the month it was made', addon({createdAt: '2026-01-31T23:59:59Z'}), [], '2026-01', [50, 0, 0, 0, 50]],
  ['a second before', addon({createdAt: '2026-02-01T00:00:00Z'}), [], '2026-01', [0, 0, 0, 0, 0]],
  ['not finished', addon({state: 'provisioning'}), [], '2026-02', [0, 0, 0, 0, 0]],
  ['half destroyed', addon({state: 'destroying'}), [], '2026-02', [50, 0, 0, 0, 50]],
  ['eSIMs cost nothing', addon(), [esims], '2026-01', [50, 0, 0, 0, 50]],
  ['cards, in the month of the order', addon(), [january], '2026-01', [50, 40, 3, 15, 105]],
  ['in the month after', addon(), [january], '2026-02', [50, 40, 0, 0, 90]],
  ['and much later, in a leap year', addon(), [january], '2028-02', [50, 40, 0, 0, 90]],
  [
    'on the last day of a leap year’s February',
    addon(),
    [{createdAt: '2028-02-29T23:00:00Z'}],
    '2028-02',
    [50, 40, 1, 5, 95],
  ],
  ['before the order', addon(), [march], '2026-02', [50, 0, 0, 0, 50]],
  ['two orders, the $40 once', addon({plan: 'medium'}), [january, march], '2026-03', [100, 40, 10, 50, 190]],
  ['on their way', addon(), [{...january, state: 'waiting'}], '2026-01', [50, 40, 3, 15, 105]],
  ['cancelled before any came', addon(), [{...january, state: 'cancelled'}], '2026-01', [50, 0, 0, 0, 50]],
  [
    'cancelled when two had come',
    addon(),
    [{...january, state: 'cancelled', stock: ['HS1'], iccids: ['8988']}],
    '2026-01',
    [50, 40, 2, 10, 100],
  ],
  [
    'one of three given back',
    addon(),
    [{...january, quantity: 2, ...returned('2026-02-03T00:00:00Z')}],
    '2026-03',
    [50, 40, 0, 0, 90],
  ],
  [
    'the month in which the last was given back',
    addon(),
    [{...january, quantity: 0, state: 'cancelled', ...returned('2026-02-28T23:59:59Z')}],
    '2026-02',
    [50, 40, 0, 0, 90],
  ],
  [
    'the month after that',
    addon(),
    [{...january, quantity: 0, state: 'cancelled', ...returned('2026-02-28T23:59:59Z')}],
    '2026-03',
    [50, 0, 0, 0, 50],
  ],
]

describe('what an add-on costs in a month', () => {
  it.each(table)('%s', (_, record, orders, month, expected) => {
    const {planPrice, simCardsPerMonth, cardsOrdered, cardsOrderedPrice, total} = chargesFor(
      record,
      cardOrders(orders.map(order)),
      periodOf(`${month}-01`, 'month'),
    )
    expect([planPrice, simCardsPerMonth, cardsOrdered, cardsOrderedPrice, total]).toEqual(expected)
  })
})

describe('plans that changed', () => {
  const noon = (day: string) => `${day}T12:00:00.000Z`
  const was = (...earlier: readonly (readonly ['small' | 'medium' | 'large', string])[]) =>
    addon({plan: 'medium', earlierPlans: earlier.map(([plan, until]) => ({plan, until}))})
  /** By hand: [plan, days, price] of each, and the price of the month. */
  it.each([
    // 50 × 9 / 31 = 14.516; 100 × 22 / 31 = 70.968; together 85.484
    [
      'in the month',
      was(['small', noon('2026-03-10')]),
      '2026-03',
      [
        ['small', 9, 14.52],
        ['medium', 22, 70.96],
      ],
      85.48,
    ],
    ['in the month before', was(['small', noon('2026-03-10')]), '2026-04', [['medium', 30, 100]], 100],
    ['in the month after', was(['small', noon('2026-03-10')]), '2026-02', [['small', 28, 50]], 50],
    [
      'at midnight',
      was(['small', '2026-03-10T00:00:00.000Z']),
      '2026-03',
      [
        ['small', 9, 14.52],
        ['medium', 22, 70.96],
      ],
      85.48,
    ],
    [
      'twice on a day',
      was(['small', noon('2026-03-10')], ['large', '2026-03-10T13:00:00.000Z']),
      '2026-03',
      [
        ['small', 9, 14.52],
        ['medium', 22, 70.96],
      ],
      85.48,
    ],
    // 200 × 10 / 28 = 71.429; 50 × 10 / 28 = 17.857 (89.286); 100 × 8 / 28 = 28.571 (117.857)
    [
      'twice in a month',
      was(['large', noon('2026-02-11')], ['small', noon('2026-02-21')]),
      '2026-02',
      [
        ['large', 10, 71.43],
        ['small', 10, 17.86],
        ['medium', 8, 28.57],
      ],
      117.86,
    ],
    [
      'on the last day',
      was(['small', noon('2026-03-31')]),
      '2026-03',
      [
        ['small', 30, 48.39],
        ['medium', 1, 3.22],
      ],
      51.61,
    ],
  ] as const)('%s are charged for by the day', (_, record, month, parts, price) => {
    const period = periodOf(`${month}-01`, 'month')
    expect(planDays(record, period).map((part) => [part.plan, part.days, part.price])).toEqual(parts)
    expect(chargesFor(record, [], period).planPrice).toBe(price)
  })
})

it('an add-on that was destroyed is charged for until the month in which it was', () => {
  const record = {...addon(), destroyedAt: '2026-02-10T00:00:00.000Z'}
  const orders = cardOrders([order(january)])
  const totals = ['2026-01', '2026-02', '2026-03'].map(
    (month) => chargesFor(record, orders, periodOf(`${month}-01`, 'month')).total,
  )
  // 50 + 40 + 3 × 5; 50 + 40; nothing
  expect(totals).toEqual([105, 90, 0])
})
