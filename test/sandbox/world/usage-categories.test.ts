import {describe, expect, it} from '@jest/globals'

import {CATEGORIES, countsIn, isCategory} from '../../../src/sandbox/world/usage-categories.js'

describe('usage of a category', () => {
  it.each([
    ['sms-outbound', 'sms-outbound', true],
    ['sms-outbound', 'sms', true],
    ['sms', 'sms-outbound', false],
    ['sms-outbound', 'sms-inbound', false],
    ['wireless-usage-commands', 'wireless-usage', true],
    ['wireless-usage-commands', 'wireless', true],
    ['wireless-super-sim-smscommands', 'wireless', false],
    ['phonenumbers', 'totalprice', true],
    ['totalprice', 'phonenumbers', false],
  ])('%s counts in %s: %s', (part, whole, expected) => {
    expect(countsIn(part, whole)).toBe(expected)
  })

  it.each(Object.entries(CATEGORIES))('%s is part of a category that exists', (name, {partOf}) => {
    if (partOf !== undefined) expect([isCategory(partOf), countsIn(name, partOf)]).toEqual([true, true])
  })
})

it('what every object has is not a category', () => {
  expect([isCategory('sms'), isCategory('toString'), isCategory('')]).toEqual([true, false, false])
})
