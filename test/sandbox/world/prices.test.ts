import {expect, it} from '@jest/globals'

import {COUNTRIES, typesOf} from '../../../src/sandbox/world/number-ranges.js'
import {monthlyPriceOf, monthlyPrices} from '../../../src/sandbox/world/prices.js'

it.each([...COUNTRIES.keys()])('in %s every type of number that is sold has a price, and no other', (country) => {
  expect(monthlyPrices(country).map(([type]) => type)).toEqual(typesOf(country))
})

it.each([
  ['+18015550100', 1.15],
  ['+18885550100', 2.15],
  ['+4915228817123', 15],
  // Like a local number of the US.
  ['+15005550006', 1.15],
])('%s costs %s a month', (phoneNumber, price) => {
  expect(monthlyPriceOf(phoneNumber)).toBe(price)
})
