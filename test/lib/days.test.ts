import {describe, expect, it} from '@jest/globals'

import {addDays, addMonths, isDay, overlap, periodOf, split} from '../../src/lib/days.js'

describe('a day', () => {
  it.each(['2026-02-28', '2028-02-29', '2026-12-31'])('is %s', (text) => expect(isDay(text)).toBe(true))

  it.each(['2026-02-29', '2026-13-01', '2026-1-1', '2026-01-01T00:00:00Z', 'today', ''])('is not "%s"', (text) =>
    expect(isDay(text)).toBe(false),
  )

  it('is followed by the next one, over the ends of months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
    expect(addDays('2026-03-29', 365)).toBe('2027-03-29')
  })
})

describe('a month later', () => {
  it.each([
    ['2026-01-31T10:00:00Z', 1, '2026-02-28T10:00:00Z'],
    ['2028-01-31T10:00:00Z', 1, '2028-02-29T10:00:00Z'],
    ['2026-01-31T10:00:00Z', 2, '2026-03-31T10:00:00Z'],
    ['2026-12-15T23:59:59.999Z', 1, '2027-01-15T23:59:59.999Z'],
    ['2026-03-31T00:00:00Z', -1, '2026-02-28T00:00:00Z'],
  ])('than %s, %d of them, is the same time of the same day or of the last', (from, months, to) => {
    expect(addMonths(Date.parse(from), months)).toBe(Date.parse(to))
  })
})

describe('a period', () => {
  it('is the day, month or year that a day is in', () => {
    expect(periodOf('2028-02-10', 'day')).toEqual({from: '2028-02-10', to: '2028-02-10'})
    expect(periodOf('2028-02-10', 'month')).toEqual({from: '2028-02-01', to: '2028-02-29'})
    expect(periodOf('2028-02-10', 'year')).toEqual({from: '2028-01-01', to: '2028-12-31'})
  })

  it('is split newest first, and the first and last parts are cut to it', () => {
    expect(split({from: '2026-01-20', to: '2026-03-05'}, 'month')).toEqual([
      {from: '2026-03-01', to: '2026-03-05'},
      {from: '2026-02-01', to: '2026-02-28'},
      {from: '2026-01-20', to: '2026-01-31'},
    ])
    expect(split({from: '2026-01-01', to: '2026-01-03'}, 'day')).toHaveLength(3)
    expect(split({from: '2026-01-02', to: '2026-01-01'}, 'day')).toEqual([])
  })

  it('has days in common with another, or ends before it begins', () => {
    expect(overlap({from: '2026-01-01', to: '2026-01-31'}, {from: '2026-01-20', to: '2026-02-20'})).toEqual({
      from: '2026-01-20',
      to: '2026-01-31',
    })
    const {from, to} = overlap({from: '2026-01-01', to: '2026-01-31'}, {from: '2026-03-01', to: '2026-03-31'})
    expect(to < from).toBe(true)
  })
})
