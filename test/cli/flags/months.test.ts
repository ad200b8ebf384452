import {describe, expect, it} from '@jest/globals'

import {monthsFrom} from '../../../src/cli/flags/months.js'

describe('the months of an invoice', () => {
  it('are one, in words or digits, as long as no first and last are given', () => {
    expect(monthsFrom({month: 'last'})).toEqual(['last'])
    expect(monthsFrom({month: '2026-02'})).toEqual([{from: '2026-02-01', to: '2026-02-28'}])
  })

  it('are all from the first to the last, over the end of a year', () => {
    expect(monthsFrom({month: 'this', from: '2025-12', to: '2026-01'})).toEqual([
      {from: '2025-12-01', to: '2025-12-31'},
      {from: '2026-01-01', to: '2026-01-31'},
    ])
  })

  it.each([
    {month: 'yesterday'},
    {month: 'this', from: 'last', to: '2026-01'},
    {month: 'this', from: '2026-02', to: '2026-01'},
  ])('%j are none', (given) => {
    expect(() => monthsFrom(given)).toThrow(expect.objectContaining({code: 'MONTH_INVALID', exitCode: 2}))
  })
})
