import {expect, it} from '@jest/globals'

import {parseAge} from '../../src/lib/age.js'

it.each([
  ['12h', 12 * 3_600_000],
  ['1d', 86_400_000],
  ['30d', 30 * 86_400_000],
  ['4w', 4 * 7 * 86_400_000],
])('%s is an age', (text, ms) => {
  expect(parseAge('--older-than', text)).toBe(ms)
})

it.each(['', '0d', '30', 'd', '1.5d', '-1d', '30 d', '30days', '1000000h', '1m'])('"%s" is no age', (text) => {
  expect(() => parseAge('--older-than', text)).toThrow(
    expect.objectContaining({
      code: 'AGE_INVALID',
      exitCode: 2,
      message: `--older-than "${text}" is not an age.`,
      suggestions: [expect.stringContaining('--older-than 30d')],
    }),
  )
})
