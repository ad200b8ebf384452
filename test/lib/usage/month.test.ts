import {describe, expect, it} from '@jest/globals'

import {parseMonth} from '../../../src/lib/usage/month.js'

describe('a month', () => {
  it.each([
    ['2026-01', '2026-01-01', '2026-01-31'],
    ['2026-02', '2026-02-01', '2026-02-28'],
    ['2028-02', '2028-02-01', '2028-02-29'],
    ['2100-02', '2100-02-01', '2100-02-28'],
    ['2000-02', '2000-02-01', '2000-02-29'],
    ['2026-04', '2026-04-01', '2026-04-30'],
    ['2026-12', '2026-12-01', '2026-12-31'],
  ])('%s has the days from %s to %s', (text, from, to) => expect(parseMonth(text)).toEqual({from, to}))

  it.each(['this', 'last'])('may be %s', (text) => expect(parseMonth(text)).toBe(text))

  it.each(['', '2026', '2026-13', '2026-00', '26-01', '2026-1', 'March', '0000-01', '2026-01-01', 'This'])(
    'is not "%s"',
    (text) => expect(() => parseMonth(text)).toThrow(/is not a month/),
  )
})
