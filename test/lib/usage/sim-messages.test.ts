import {describe, expect, it} from '@jest/globals'

import type {Metering} from '../../../src/lib/usage/read.js'
import {daysWithMessages, sinceMonth, withMessages} from '../../../src/lib/usage/sim-messages.js'

const month = {from: '2026-03-01', to: '2026-03-31'}
const metering = {month, used: {voice: 1, sms: 2, m2m: 3}, m2mSource: null} as unknown as Metering
const dates = ['2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z', '2026-03-31T23:59:59Z', '2026-04-01T00:00:00Z'].map(
  (text) => new Date(text),
)

describe('messages that the SIMs’ carrier lists', () => {
  it('take the place of what Twilio counted: those of the month, in UTC', () => {
    expect(withMessages(metering, {dates, source: 'KORE'})).toMatchObject({
      used: {voice: 1, sms: 2, m2m: 2},
      m2mSource: 'KORE',
    })
  })

  it('are unknown, not none, where they could not be counted', () => {
    expect(withMessages(metering, {dates: null, source: null}).used.m2m).toBeNull()
    const days = [{day: '2026-03-01', voice: 0, sms: 0, m2m: 9}] as Parameters<typeof daysWithMessages>[0]
    expect(daysWithMessages(days, {dates: null, source: null})[0]?.m2m).toBeNull()
    expect(daysWithMessages(days, {dates: [], source: 'KORE'})[0]?.m2m).toBe(0)
  })

  it('are counted by the day', () => {
    const days = ['2026-03-01', '2026-03-02'].map((day) => ({day, m2m: 0}))
    const twice = [...dates, new Date('2026-03-01T12:00:00Z')]
    const counted = daysWithMessages(days as unknown as Parameters<typeof daysWithMessages>[0], {
      dates: twice,
      source: 'KORE',
    })
    expect(counted.map(({m2m}) => m2m)).toEqual([2, 0])
  })

  it('are asked for once for each month, whatever add-on asks', async () => {
    const asked: string[] = []
    const count = sinceMonth(async (since) => asked.push(since.toISOString()))
    const april = {...metering, month: {from: '2026-04-01', to: '2026-04-30'}}
    await Promise.all([count(metering), count(metering), count(april)])
    expect(asked).toEqual(['2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'])
  })
})
