import {describe, expect, it} from '@jest/globals'

import {
  countryOfAreaCode,
  isAreaCode,
  isTollFreeAreaCode,
  placeOf,
  searchedAreaCodes,
} from '../../../src/sandbox/world/nanp.js'

describe('an area code', () => {
  it.each([
    ['801', true],
    ['200', true],
    ['989', true],
    ['999', false],
    ['370', false],
    ['960', false],
    ['199', false],
    ['911', false],
    ['411', false],
    ['80', false],
    ['8011', false],
    ['abc', false],
  ])('%s: %s', (text, expected) => {
    expect(isAreaCode(text)).toBe(expected)
  })

  it.each([
    ['801', 'US'],
    ['416', 'CA'],
    ['902', 'CA'],
    ['888', undefined],
    ['911', undefined],
    // Test values: nothing is for sale in the one, and the other is no area code of a place.
    ['533', undefined],
    ['500', undefined],
  ])('%s is in %s', (areaCode, country) => {
    expect(countryOfAreaCode(areaCode)).toBe(country)
  })
})

it.each(['US', 'CA'] as const)('a search in %s goes through its own area codes, each with a place', (country) => {
  const areaCodes = searchedAreaCodes(country)
  expect(areaCodes.length).toBeGreaterThan(5)
  for (const areaCode of areaCodes) {
    expect([areaCode, countryOfAreaCode(areaCode)]).toEqual([areaCode, country])
    expect(placeOf(areaCode)?.locality).toMatch(/\w/)
    expect(isTollFreeAreaCode(areaCode)).toBe(false)
  }
})
