import {describe, expect, it} from '@jest/globals'

import {
  capabilitiesOf,
  COUNTRIES,
  isPhoneNumber,
  nanpRange,
  rangeOf,
  rangesOf,
  typesOf,
} from '../../../src/sandbox/world/number-ranges.js'

const international = [...COUNTRIES.keys()]
  .flatMap((country) => typesOf(country).flatMap((type) => rangesOf(country, type)))
  .map((range) => [`+${range.prefix}`, range] as const)

describe('a range', () => {
  it.each(international)('%s has its first and its last number, in the country’s calling code', (_, range) => {
    for (const digit of ['0', '9']) {
      const phoneNumber = `+${range.prefix}${digit.repeat(range.freeDigits)}`
      expect(isPhoneNumber(phoneNumber)).toBe(true)
      expect(rangeOf(phoneNumber)).toBe(range)
      expect(phoneNumber.startsWith(`+${COUNTRIES.get(range.country)?.callingCode ?? '?'}`)).toBe(true)
    }
  })

  it('of the US and Canada is that of the area code', () => {
    expect(nanpRange('801')).toMatchObject({country: 'US', type: 'Local', place: {locality: 'Salt Lake City'}})
    expect(nanpRange('416')).toMatchObject({country: 'CA', type: 'Local', place: {locality: 'Toronto'}})
    expect(nanpRange('888')).toMatchObject({country: 'US', type: 'TollFree'})
    expect([nanpRange('533'), nanpRange('500'), nanpRange('911')]).toEqual([undefined, undefined, undefined])
  })

  it.each(['+18011555000', '+15335550100', '+15005550006', '+4420794601234', '+999123', 'nonsense'])(
    'does not have %s',
    (phoneNumber) => {
      expect(rangeOf(phoneNumber)).toBe(undefined)
    },
  )
})

it.each([
  ['US', ['Local', 'TollFree']],
  ['CA', ['Local', 'TollFree']],
  ['GB', ['Local', 'Mobile', 'TollFree']],
  ['IE', ['Local']],
  ['XX', []],
])('in %s the types %j are sold', (country, types) => {
  expect(typesOf(country)).toEqual(types)
})

it.each([
  ['+18015550100', true],
  ['+10015550100', false],
  ['+18010550100', false],
  ['+1801555010', false],
  ['+442079460123', true],
  ['+1234567', false],
  ['+0123456789', false],
  ['18015550100', false],
])('%s is a phone number: %s', (text, expected) => {
  expect(isPhoneNumber(text)).toBe(expected)
})

describe('what a number can do', () => {
  const capabilities = (phoneNumber: string) => {
    const range = rangeOf(phoneNumber)
    return range && capabilitiesOf(phoneNumber, range)
  }

  it('in the US is everything', () => {
    expect(capabilities('+18015550101')).toEqual({voice: true, sms: true, mms: true})
  })

  it('elsewhere is SMS for mobile numbers, and for every other one of the rest, but no MMS', () => {
    expect(capabilities('+447700900123')).toEqual({voice: true, sms: true, mms: false})
    expect(capabilities('+442079460122')).toEqual({voice: true, sms: true, mms: false})
    expect(capabilities('+442079460123')).toEqual({voice: true, sms: false, mms: false})
  })
})
