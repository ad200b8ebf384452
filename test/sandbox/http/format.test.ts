import {expect, it} from '@jest/globals'

import {decimal, formatPhoneNumber, iso8601, rfc2822} from '../../../src/sandbox/http/format.js'

it('writes dates as the v2010 API and as the newer ones', () => {
  const time = Date.parse('2015-07-30T20:00:00.789Z')
  expect([rfc2822(time), iso8601(time)]).toEqual(['Thu, 30 Jul 2015 20:00:00 +0000', '2015-07-30T20:00:00Z'])
})

it.each([
  [0, '0'],
  [57, '57'],
  [0.1 + 0.2, '0.3'],
  [0.0083 * 3, '0.0249'],
  [0.000001, '0'],
])('writes the amount %s as %s', (amount, text) => {
  expect(decimal(amount)).toBe(text)
})

it('formats the phone numbers of the US and Canada', () => {
  expect(['+18015550100', '+442079460123'].map(formatPhoneNumber)).toEqual(['(801) 555-0100', '+442079460123'])
})
