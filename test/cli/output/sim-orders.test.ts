import {describe, expect, it} from '@jest/globals'

import {simSources} from '../../../src/cli/output/sim-orders.js'

describe('an order of SIMs for a person', () => {
  const cards = {kind: 'card', quantity: 10, fromStock: [], registered: 0, profiles: [], seller: null} as const

  it.each([
    [{...cards}, '10 not ordered yet'],
    [{...cards, seller: 'administrator'}, '10 from the administrator'],
    [
      {...cards, fromStock: ['HS1', 'HS2'], registered: 3, seller: 'endpoint'},
      '2 from stock, 3 registered, 5 from the ordering endpoint',
    ],
    [{...cards, fromStock: ['HS1'], registered: 9}, '1 from stock, 9 registered'],
    [{...cards, kind: 'esim', profiles: ['HP1']}, '1 of 10 ordered from Twilio'],
  ] as const)('says where its SIMs come from: %j', (order, expected) => expect(simSources(order)).toBe(expected))
})
