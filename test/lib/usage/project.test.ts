import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {addDays, dayOf, periodOf, startOf} from '../../../src/lib/days.js'
import {forecastOf, passesOn, percentOf} from '../../../src/lib/usage/project.js'

const day = (text: string) => periodOf(text, 'month')

describe('the forecast', () => {
  // By hand: used × days of the month / days since it began, of what is included.
  it.each([
    // 1500 × 31 / 9.5 = 4894.7 of 3000
    ['2026-03-10T12:00:00Z', 1500, 3000, 163.15],
    // 250 × 28 / 14 = 500 of 2500
    ['2026-02-15T00:00:00Z', 250, 2500, 20],
    ['2026-03-10T12:00:00Z', 0, 3000, 0],
    ['2026-03-01T00:00:00Z', 5, 3000, undefined],
  ])('%s: %d of %d', (time, used, included, expected) => {
    expect(forecastOf({used, included, month: day(time.slice(0, 10)), asOf: new Date(time)})).toBe(expected)
  })

  it('of a month that is over is what was used', () => {
    const asOf = new Date('2026-04-02T00:00:00Z')
    expect(forecastOf({used: 1500, included: 3000, month: day('2026-03-10'), asOf})).toBe(50)
  })
})

describe('the day on which a limit will be passed', () => {
  // By hand: days since the month began × included / used, counted from its first midnight in UTC.
  it.each([
    // 9.5 days × 2 = 19 days: the midnight with which the 20th begins.
    ['half used after nine and a half days', '2026-03-10T12:00:00Z', 1500, 3000, '2026-03-20'],
    // 9.5 × 3000 / 1501 = 18.987
    ['one message more', '2026-03-10T12:00:00Z', 1501, 3000, '2026-03-19'],
    // 9 × 3000 / 871 = 30.999: an hour before the month ends.
    ['on the last day of a long month', '2026-03-10T00:00:00Z', 871, 3000, '2026-03-31'],
    // 9 × 3000 / 870 = 31.03: in April, when it begins anew.
    ['not in this month any more', '2026-03-10T00:00:00Z', 870, 3000, undefined],
    // 9 × 3100 / 900 = 31, the midnight that ends the month.
    ['exactly when the month ends', '2026-03-10T00:00:00Z', 900, 3100, undefined],
    // 14 × 3000 / 1450 = 28.966: the 29th day.
    ['in a leap year', '2028-02-15T00:00:00Z', 1450, 3000, '2028-02-29'],
    ['in a year that is none', '2026-02-15T00:00:00Z', 1450, 3000, undefined],
    ['in a century that is none', '2100-02-15T00:00:00Z', 1450, 3000, undefined],
    // 14 × 3000 / 1501 = 27.98
    ['on the last day of a short February', '2026-02-15T00:00:00Z', 1501, 3000, '2026-02-28'],
    // 0.5 × 2500 / 125 = 10
    ['after half a day', '2026-12-01T12:00:00Z', 125, 2500, '2026-12-11'],
    ['used up to the last, and none more', '2026-03-10T12:00:00Z', 3000, 3000, '2026-03-10'],
    ['passed already', '2026-03-10T12:00:00Z', 3001, 3000, undefined],
    ['nothing used', '2026-03-10T12:00:00Z', 0, 3000, undefined],
    ['the month just begins', '2026-03-01T00:00:00Z', 5, 3000, undefined],
    ['records that are of last month still', '2026-03-01T00:00:00Z', 3000, 3000, undefined],
  ])('%s', (_, time, used, included, expected) => {
    const asOf = new Date(time)
    expect(passesOn({used, included, month: day(time.slice(0, 10)), asOf})).toBe(expected)
  })

  it('is not told of a month that is over, or that Twilio has not counted yet', () => {
    const asOf = new Date('2026-04-01T00:00:00Z')
    expect(passesOn({used: 2999, included: 3000, month: day('2026-03-10'), asOf})).toBeUndefined()
    expect(passesOn({used: 1, included: 3000, month: day('2026-05-10'), asOf})).toBeUndefined()
  })

  it('is never in the past, never past the month, and never later when more was used', () => {
    const month = fc.date({min: new Date('2000-01-01'), max: new Date('2100-12-31'), noInvalidDate: true})
    const amount = fc.integer({min: 1, max: 12_000})
    fc.assert(
      fc.property(month, fc.double({min: 0, max: 1, noNaN: true}), amount, amount, (date, part, used, included) => {
        const period = day(dayOf(date.getTime()))
        const [begin, end] = [startOf(period.from), startOf(addDays(period.to, 1))]
        const asOf = new Date(begin + Math.floor((end - begin) * part))
        const on = passesOn({used, included, month: period, asOf})
        if (on === undefined) return
        expect(on >= dayOf(asOf.getTime()) && on <= period.to).toBe(true)
        const sooner = passesOn({used: used + 1, included, month: period, asOf})
        if (sooner !== undefined) expect(sooner <= on).toBe(true)
      }),
    )
  })
})

describe('a percentage', () => {
  it.each([
    [0, 3000, 0],
    [1, 3000, 0.03],
    [1425, 2500, 57],
    [2999, 3000, 99.96],
    [119_999, 120_000, 99.99],
    [3000, 3000, 100],
    [1203, 1000, 120.3],
    [12.5, 2500, 0.5],
  ])('of %d in %d is %d', (used, included, expected) => {
    expect(percentOf(used, included)).toBe(expected)
  })
})
