import {describe, expect, it} from '@jest/globals'

import type {NumberRange} from '../../../src/sandbox/world/number-ranges.js'
import {missingDocument} from '../../../src/sandbox/world/regulations.js'
import {exampleState} from '../state-support.js'

const RANGE: NumberRange = {
  country: 'DE',
  type: 'Local',
  prefix: '49',
  freeDigits: 3,
  addressRequirements: 'none',
  needsBundle: false,
  sms: 'all',
}

/** The main account has an address in the US and an approved bundle for Germany. */
function missing(
  range: Partial<NumberRange>,
  given: {address?: boolean; bundle?: boolean; owner?: 'main' | 'sub'; status?: 'draft'} = {},
) {
  const {state, main, sub} = exampleState()
  const [address] = state.addresses
  const [bundle] = state.bundles
  if (bundle && given.status) bundle.status = given.status
  const owner = given.owner === 'sub' ? sub : main
  const documents = {
    addressSid: given.address ? (address?.sid ?? '') : null,
    bundleSid: given.bundle ? (bundle?.sid ?? '') : null,
  }
  return missingDocument(state, owner.sid, {...RANGE, ...range}, documents)?.document
}

describe('an address', () => {
  it.each([
    ['none', false, 'DE', undefined],
    ['none', true, 'DE', undefined],
    ['any', false, 'DE', 'address'],
    ['any', true, 'DE', undefined],
    ['local', true, 'DE', 'address'],
    ['local', true, 'US', undefined],
    ['foreign', true, 'DE', undefined],
    ['foreign', true, 'US', 'address'],
  ] as const)(
    'for the requirement "%s", given: %s, for a number of %s',
    (addressRequirements, address, country, result) => {
      expect(missing({addressRequirements, country}, {address})).toBe(result)
    },
  )

  it('of another account does not count, and is refused even where none is required', () => {
    expect(missing({addressRequirements: 'any'}, {address: true, owner: 'sub'})).toBe('address')
    expect(missing({addressRequirements: 'none'}, {address: true, owner: 'sub'})).toBe('address')
  })
})

describe('a bundle', () => {
  it('is needed where the range needs one, approved and for the same country', () => {
    expect(missing({needsBundle: true})).toBe('approved bundle')
    expect(missing({needsBundle: true}, {bundle: true})).toBe(undefined)
    expect(missing({needsBundle: true, country: 'FR'}, {bundle: true})).toBe('approved bundle')
    expect(missing({needsBundle: true}, {bundle: true, status: 'draft'})).toBe('approved bundle')
  })

  it('of another account does not count, and is refused even where none is needed', () => {
    expect(missing({needsBundle: true}, {bundle: true, owner: 'sub'})).toBe('approved bundle')
    expect(missing({needsBundle: false}, {bundle: true, owner: 'sub'})).toBe('approved bundle')
    expect(missing({needsBundle: false}, {bundle: true})).toBe(undefined)
  })
})
