import {describe, expect, it} from '@jest/globals'

import {isSameOrder, orderTerms} from '../../../src/lib/sims/order-request.js'
import {order} from '../../support/sim-records.js'

const terms = (given: Partial<Parameters<typeof orderTerms>[0]>) =>
  orderTerms({esim: false, eid: [], addressSid: undefined, quantity: given.eid ? undefined : 1, ...given})
const [one, two] = ['89049032000000000000000000000001', '89049032000000000000000000000002']

const quantityOf = (quantity: number | undefined, eid: readonly string[]) => terms({quantity, eid}).quantity

describe('how many are ordered', () => {
  it('is what was asked for, or one for each device', () => {
    expect([quantityOf(4, []), quantityOf(undefined, [one, two]), quantityOf(2, [one, two])]).toEqual([4, 2, 2])
  })

  it.each([
    ['QUANTITY_MISSING', undefined, []],
    ['QUANTITY_INVALID', 0, []],
    ['QUANTITY_INVALID', -1, []],
    ['QUANTITY_MISMATCH', 3, [one, two]],
  ])('is %s for %s', (code, quantity, eids) => {
    expect(() => quantityOf(quantity, eids)).toThrow(expect.objectContaining({code, outcome: 'usage'}))
  })
})

describe('an EID', () => {
  it('has 32 digits, however they are grouped', () => {
    expect(terms({eid: [`${one.slice(0, 16)} ${one.slice(16)}`, two]}).eids).toEqual([one, two])
  })

  it.each([
    ['EID_INVALID', ['8904']],
    ['EID_INVALID', [one.replace('8', 'B')]],
    ['EID_DUPLICATE', [one, one]],
  ])('is %s: %s', (code, eids) => {
    expect(() => terms({eid: eids})).toThrow(expect.objectContaining({code, outcome: 'usage'}))
  })
})

describe('what is ordered', () => {
  it('is cards, unless --esim or a device is given', () => {
    expect([terms({}), terms({esim: true}), terms({eid: [one]})].map(({kind}) => kind)).toEqual([
      'card',
      'esim',
      'esim',
    ])
  })
})

describe('a request is for the same as an interrupted order', () => {
  const same = {kind: 'card', quantity: 2, eids: [], addressSid: undefined} as const
  const record = order({quantity: 2, addressSid: 'AD1'})

  it.each([
    ['with the same terms, whatever the address', record, same, true],
    ['with the same address', record, {...same, addressSid: 'AD1'}, true],
    ['not with another address', record, {...same, addressSid: 'AD2'}, false],
    ['not for another number', record, {...same, quantity: 3}, false],
    ['for more, of which some were refused', order({quantity: 1, requested: 2}), same, true],
    ['not for another kind', record, {...same, kind: 'esim'}, false],
    ['for the same devices in any order', order({eids: [one, two], quantity: 2}), {...same, eids: [two, one]}, true],
    ['not for other devices', order({eids: [one], quantity: 2}), {...same, eids: [two]}, false],
  ] as const)('%s', (_, found, asked, isSame) => {
    expect(isSameOrder(found, asked)).toBe(isSame)
  })
})
